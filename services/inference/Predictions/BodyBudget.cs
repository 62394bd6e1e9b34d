using Microsoft.Extensions.Options;

namespace Platform.Inference.Predictions;

/// <summary>The memory that bodies of requests in progress may take together, so that many large ones cannot exhaust the process.</summary>
internal sealed class BodyBudget(IOptions<ServingOptions> options)
{
    private readonly long _limit = options.Value.MaxBodyBytesInProgress;
    private long _taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= _limit) return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
