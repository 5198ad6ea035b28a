-- To what a data key was bound when it was wrapped: 1 to its own row, 2 to its row, its case and its survivor as well, so
-- that whoever writes into the database cannot give the key of one case to another. Keys of 1 still open, until a rotation
-- wraps them anew; one of 2 that is called 1 opens no more.
alter table vault_key add column binding integer default 1 not null;
