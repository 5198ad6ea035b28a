-- Who of the engine's users signs in by a provider of OpenID Connect. An id belongs to one subject of one issuer for good:
-- a token with the id of somebody else, or of an account that the engine had already, gets nobody in.
create table signed_in_person (
    user_id varchar(64) primary key,
    issuer varchar(500) not null,
    subject varchar(255) not null,
    -- When the provider issued the claims that the memberships follow; older claims change nothing.
    claims_at timestamp with time zone not null,
    unique (issuer, subject)
);
