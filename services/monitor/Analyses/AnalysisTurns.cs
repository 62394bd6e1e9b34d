using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Analyses;

/// <summary>Lets a few analyses run at a time: their bodies are large, and serving may share the processor.</summary>
internal sealed class AnalysisTurns(IOptions<AnalysisOptions> options) : IDisposable
{
    public static readonly Error Busy =
        new(StatusCodes.Status503ServiceUnavailable, "monitor.busy", "Too many analyses are waiting; try again in a moment.");

    private static readonly Error TooSlow =
        new(StatusCodes.Status408RequestTimeout, "request.timeout", "The body took too long to arrive.");

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = options.Value.Concurrency,
        QueueLimit = options.Value.MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a turn, then reads the body and answers it.</summary>
    public async Task<IResult> RunAsync<TRequest, TAnswer>(
        HttpRequest request, Func<TRequest, Result<TAnswer>> analyse, CancellationToken cancellationToken)
        where TRequest : class
    {
        using var turn = await _limiter.AcquireAsync(permitCount: 1, cancellationToken);
        if (!turn.IsAcquired)
            return Problems.From(Busy);

        var body = await ReadAsync<TRequest>(request, cancellationToken);
        return body.Succeeded(out var read, out var error) ? analyse(read).ToHttp() : Problems.From(error);
    }

    private async Task<Result<TRequest>> ReadAsync<TRequest>(HttpRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        reading.CancelAfter(options.Value.ReadTimeout);
        try
        {
            return await JsonBody.ReadAsync<TRequest>(request, reading.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TooSlow;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
