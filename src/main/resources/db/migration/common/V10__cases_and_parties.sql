-- Case numbers: one counter per kind (R remedy, M membership, C complaint) and year; the row lock makes them unique and gapless.
create table case_number_counter (
    kind varchar(1) not null,
    case_year integer not null,
    last_number integer not null,
    primary key (kind, case_year)
);

insert into case_number_counter (kind, case_year, last_number)
select k.kind, y.case_year, 0
from (values ('R'), ('M'), ('C')) k (kind)
cross join (values
    (2020), (2021), (2022), (2023), (2024), (2025), (2026), (2027), (2028), (2029),
    (2030), (2031), (2032), (2033), (2034), (2035), (2036), (2037), (2038), (2039),
    (2040), (2041), (2042), (2043), (2044), (2045), (2046), (2047), (2048), (2049),
    (2050), (2051), (2052), (2053), (2054), (2055), (2056), (2057), (2058), (2059)) y (case_year);

-- The engine does not keep business keys unique; this primary key does.
create table case_file (
    case_number varchar(20) primary key,
    process_instance_id varchar(64) not null,
    received_at timestamp with time zone not null
);

-- Which organisation is party to which case, in which role.
create table case_party (
    case_number varchar(20) not null,
    role varchar(64) not null,
    organisation varchar(64) not null,
    since timestamp with time zone not null,
    primary key (case_number, role, organisation)
);

create index case_party_by_organisation on case_party (organisation, role);

-- The register of organisations and the roles in which each may become party to a case.
create table organisation_role (
    organisation varchar(64) not null,
    role varchar(64) not null,
    name varchar(200) not null,
    primary key (organisation, role)
);
