-- A closed case that new facts opened again: the earlier closing stays on record, and each run is opened again only once.
create table case_reopening (
    case_number varchar(20) not null,
    former_instance_id varchar(64) not null,
    closed_state varchar(40) not null,
    decided_at timestamp with time zone not null,
    process_instance_id varchar(64),
    primary key (case_number, former_instance_id)
);
