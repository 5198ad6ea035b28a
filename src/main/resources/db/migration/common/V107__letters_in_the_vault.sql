-- What a letter says lies in the vault, under the key of its case; here is the reference to it. A body that stands here is
-- from before that, and is sealed when a node starts. The subject is made of the case number, the names of tasks and clocks
-- in the diagrams, and days: it says no more than the event does, and stays.
alter table letter add column reference varchar(42);
alter table letter alter column body drop not null;
-- Since when nobody opens it any more: its case was erased.
alter table letter add column erased_at timestamp with time zone;
create index letter_by_reference on letter (reference);

-- The keys of letters that belong to no case: no case takes them as its own, and none takes them along.
alter table vault_key add column house boolean default false not null;

-- The notice that the letter belongs to, as the outbox calls it.
alter table letter add column notice_key varchar(255);
update letter set notice_key = substring(message_key from 1 for char_length(message_key) - char_length(template)
    - char_length(addressee_role) - 2
    - case when addressee_organisation is null then 0 else char_length(addressee_organisation) + 1 end)
where message_key like concat('%/', template, '/', addressee_role, '%');
create index letter_by_notice on letter (notice_key);

-- One more state. ERASED: what waited was erased with its case before the mail went.
drop index outbox_by_state;
drop index outbox_by_recipient;
alter table outbox add column outcome varchar(10);
update outbox set outcome = state;
alter table outbox drop column state;
alter table outbox rename column outcome to state;
alter table outbox alter column state set not null;
alter table outbox add constraint outbox_states
    check (state in ('WAITING', 'SENT', 'FAILED', 'NEEDLESS', 'ERASED'));
create index outbox_by_state on outbox (state, next_attempt_at);
create index outbox_by_recipient on outbox (recipient, state);
