-- A row to lock for each case, so that erasing, holding, the first value under a new key and a change of consent wait for
-- one another.
create table vault_case (
    case_number varchar(64) primary key
);
