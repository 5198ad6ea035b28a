-- What an erasure found in the engine past the forms, and what of it lies there still: so that its report can be read later.
-- Nothing for those of before.
alter table vault_erasure add column comments_found bigint;
alter table vault_erasure add column attachments_found bigint;
alter table vault_erasure add column failures_found bigint;
alter table vault_erasure add column words_found bigint;
alter table vault_erasure add column choices_found bigint;
alter table vault_erasure add column comments_left bigint;
alter table vault_erasure add column attachments_left bigint;
alter table vault_erasure add column failures_left bigint;
alter table vault_erasure add column words_left bigint;
alter table vault_erasure add column choices_left bigint;
