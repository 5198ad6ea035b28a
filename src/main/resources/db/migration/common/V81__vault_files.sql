-- Documents of a case, sealed by the key of the case, or of the survivor whom they are about. Their names are sealed too,
-- since people are named in them. Kind, type, audience and size are sealed in: changed by hand, a document opens no more.
-- An audience is a list of roles; "smelter@org-luma" is that role in this one organisation.
create table vault_file (
    id varchar(36) primary key,
    key_id varchar(36) not null references vault_key (id),
    kind varchar(64) not null,
    media_type varchar(100) not null,
    audience varchar(1000) not null,
    size_bytes bigint not null,
    sealed_label bytea not null,
    sealed bytea not null,
    added_by varchar(255) not null,
    added_at timestamp with time zone not null
);

create index vault_file_by_key on vault_file (key_id);

alter table vault_erasure add column files_gone integer default 0 not null;
