-- A ballot that was closed without a count, since the case went another way: a concern withdrawn, an applicant gone.
alter table ballot add column abandoned boolean default false not null;
