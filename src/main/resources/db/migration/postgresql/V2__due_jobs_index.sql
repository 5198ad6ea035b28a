-- Finds the jobs that are due among many future timers (measured: idle poll at one million timers 220 ms without, 0.013 ms with it).
-- The only thing of ours on the engine's tables; removable at any time: drop index redress_due_jobs;
create index redress_due_jobs on act_ru_job (duedate_) where retries_ > 0 and suspension_state_ = 1;
