using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Explainer.Routes;
using Platform.Explainer.Settings;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>One turn, and no place to wait for it.</summary>
public sealed class ExplanationTurnsTests : IDisposable
{
    private const int Callers = 3;

    private readonly ExplanationTurns _turns = new(Options.Create(new ExplainerOptions { Concurrency = 1, WaitingCallers = 0 }));

    [Fact]
    public async Task Of_those_who_ask_at_once_one_has_the_turn_and_nobody_sent_away_counts()
    {
        for (var round = 0; round < 200; round++)
        {
            using var together = new Barrier(Callers);
            var leases = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => TakeTogether(together)));

            Assert.Single(leases, lease => lease.IsAcquired);
            foreach (var lease in leases) lease.Dispose();
        }
    }

    [Fact]
    public async Task Who_has_left_already_takes_no_turn()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _turns.TakeAsync(new CancellationToken(canceled: true)));

        using var next = await _turns.TakeAsync(default);
        Assert.True(next.IsAcquired);
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>On threads of their own, so that all of them stand at the barrier.</summary>
    private Task<RateLimitLease> TakeTogether(Barrier together) => Task.Factory.StartNew(() =>
    {
        together.SignalAndWait();
        return _turns.TakeAsync(default).AsTask();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
