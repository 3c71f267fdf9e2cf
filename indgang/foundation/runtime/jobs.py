"""Deferred work of the runtime; every job may run twice."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

FORGOTTEN_AFTER_SECONDS = 30
KEPT_HOURS = 72


@app.periodic(cron="* * * * * */15")
@app.task(name="runtime.rescue_stalled_jobs", pass_context=False)
async def rescue_stalled_jobs(timestamp: int) -> None:
    """Hand jobs of a killed worker to a living one."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=FORGOTTEN_AFTER_SECONDS):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the same periodic work waits already
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="23 3 * * *")
@app.task(name="runtime.forget_old_jobs", pass_context=False)
async def forget_old_jobs(timestamp: int) -> None:
    """Keep the table of jobs small."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=False)
