-- A ballot of the Steering Committee or the Plenary, with the rules by which it is decided. Its outcome is not kept: it is
-- counted again from the record. The opening key is the same when a job that opens it runs again.
create table ballot (
    id varchar(36) primary key,
    opening_key varchar(100) not null unique,
    case_number varchar(20) not null,
    body varchar(20) not null check (body in ('STEERING_COMMITTEE', 'PLENARY')),
    question varchar(64) not null,
    overall_percent numeric(5, 2) not null,
    pillar_floor_percent numeric(5, 2) not null,
    quorum_percent numeric(5, 2) not null,
    rules_version varchar(10) not null,
    basis varchar(10) not null,
    quorum_basis varchar(10) not null,
    verified boolean not null,
    opened_at timestamp with time zone not null,
    consensus boolean,
    noted_by varchar(255),
    closes_at timestamp with time zone,
    closed_at timestamp with time zone
);

create index ballot_by_case on ballot (case_number, opened_at);

-- Organisations with a stake in the question, electors or not: their people cast no vote.
create table ballot_interest (
    ballot_id varchar(36) not null references ballot (id),
    organisation varchar(64) not null,
    reason varchar(20) not null,
    primary key (ballot_id, organisation)
);

create table ballot_elector (
    ballot_id varchar(36) not null references ballot (id),
    organisation varchar(64) not null,
    name varchar(200) not null,
    pillar varchar(10) not null check (pillar in ('GOVERNMENT', 'CORPORATE', 'NGO')),
    present boolean default false not null,
    recusal_reason varchar(20),
    recused_at timestamp with time zone,
    recused_by varchar(255),
    primary key (ballot_id, organisation)
);

-- One vote an elector: the primary key says so, also to two people of one organisation on two nodes.
create table ballot_vote (
    ballot_id varchar(36) not null,
    organisation varchar(64) not null,
    choice varchar(10) not null check (choice in ('FAVOUR', 'AGAINST', 'ABSTAIN')),
    voter varchar(255) not null,
    cast_at timestamp with time zone not null,
    primary key (ballot_id, organisation),
    foreign key (ballot_id, organisation) references ballot_elector (ballot_id, organisation)
);
