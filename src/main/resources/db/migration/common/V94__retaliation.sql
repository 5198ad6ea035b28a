-- How often people suffered for having spoken (remedy.md E19), for the figures; one row for each report, kept without end.
create table retaliation_report (
    report varchar(64) primary key,
    case_number varchar(64) not null,
    reported_at timestamp with time zone not null,
    answered_at timestamp with time zone
);

-- The cases in which protection alone reads who reported.
create table vault_hidden_identity (
    case_number varchar(64) primary key,
    hidden_by varchar(255) not null,
    hidden_at timestamp with time zone not null
);
