using Microsoft.Extensions.Options;
using Platform.Inference.Settings;

namespace Platform.Inference.Predictions;

/// <summary>The memory that bodies of requests in progress may take together, so that many large ones cannot exhaust the process.</summary>
internal sealed class BodyBudget(IOptions<ServingOptions> options) : ByteBudget(options.Value.MaxBodyBytesInProgress);

/// <summary>The memory that answers may take together while they are on their way, so that many slow readers cannot exhaust the process.</summary>
internal sealed class AnswerBudget(IOptions<ServingOptions> options) : ByteBudget(options.Value.MaxAnswerBytesInProgress);

/// <summary>Bytes that many may take a part of.</summary>
internal abstract class ByteBudget(long limit)
{
    private long _taken;

    /// <summary>What all of them may take.</summary>
    public long Limit => limit;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit) return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
