-- Sessions of browsers, for all nodes: the layout that Spring Session's JDBC store expects. Who is signed in and by which
-- token against other pages; nothing of a case. Rows go with sign-out, and by themselves after half an hour without a
-- request. The number alone opens nothing: the cookie holds a code beside it (SessionCookie).
create table browser_session (
    primary_id varchar(36) primary key,
    session_id varchar(36) not null,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval integer not null,
    expiry_time bigint not null,
    principal_name varchar(100)
);

create unique index browser_session_by_id on browser_session (session_id);
create index browser_session_by_expiry on browser_session (expiry_time);
create index browser_session_by_name on browser_session (principal_name);

create table browser_session_attributes (
    session_primary_id varchar(36) not null references browser_session (primary_id) on delete cascade,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    primary key (session_primary_id, attribute_name)
);
