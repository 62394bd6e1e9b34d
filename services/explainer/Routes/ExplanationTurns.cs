using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Explainer.Settings;

namespace Platform.Explainer.Routes;

/// <summary>
/// Lets few callers compute at once and a bounded number wait for it: explanations must not take the processor from predictions.
/// </summary>
internal sealed class ExplanationTurns(IOptions<ExplainerOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.Concurrency,
        QueueLimit = options.Value.WaitingCallers,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a turn; the lease says at once if too many wait already.</summary>
    public ValueTask<RateLimitLease> TakeAsync(CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(permitCount: 1, cancellationToken);

    public void Dispose() => _limiter.Dispose();
}
