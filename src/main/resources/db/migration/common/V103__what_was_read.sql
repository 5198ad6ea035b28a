-- What of a case somebody opened: its audit trail (as before), its page at a glance, the list of what was read in it, or the
-- consents given in it.
alter table audit_read add column what varchar(16) default 'TRAIL' not null;
