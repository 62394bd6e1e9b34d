using MassTransit;
using Platform.Contracts.Inference;

namespace Platform.Inference.Jobs;

/// <summary>
/// Tells the workers that a job waits. The document is what lasts: a message that a broker which is away does not take, or
/// loses, is sent again by the <see cref="JobSweeper"/>.
/// </summary>
internal sealed class JobQueue(IBusControl bus, TimeProvider time, ILogger<JobQueue> logger)
{
    private const int MaxUnderWay = 256;

    // By its exchange: as a queue the broker would be asked for one with other arguments, and refuse.
    private static readonly Uri Address = new($"exchange:{SubmitPredictionConsumerDefinition.Queue}");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int _underWay;

    /// <summary>
    /// Sends without the caller's waiting for the broker, which confirms a message only when it is on its disk, as the job already is on
    /// ours. Where too many are under way the caller waits for its own.
    /// </summary>
    public Task BeginSendAsync(JobRecord job)
    {
        var sending = SendAndLeaveAsync(job);
        return Interlocked.Increment(ref _underWay) <= MaxUnderWay ? Task.CompletedTask : sending;
    }

    /// <summary>Sends without fail: what cannot be sent now is left to the sweeper.</summary>
    public async Task SendAsync(JobRecord job)
    {
        if (bus.CheckHealth().Status != BusHealthStatus.Healthy) return;
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            var endpoint = await bus.GetSendEndpoint(Address);
            await endpoint.Send(new SubmitPrediction { JobId = job.Id, Model = job.Model }, patience.Token);
        }
#pragma warning disable CA1031 // the job is stored: whatever kept the broker from hearing of it, it will be told again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.NotSent(exception, job.Id);
        }
    }

    private async Task SendAndLeaveAsync(JobRecord job)
    {
        await Task.Yield(); // nothing of it on the caller's time
        await SendAsync(job);
        Interlocked.Decrement(ref _underWay);
    }
}
