using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>One computation and all who ask for it.</summary>
internal sealed class GlobalComputation(WorkCount work, Task<Result<IGlobalAnswer>> result)
{
    /// <summary>How far it is.</summary>
    public WorkCount Work => work;

    /// <summary>What it comes to.</summary>
    public Task<Result<IGlobalAnswer>> Result => result;

    /// <summary>When it was last asked for, by a count that only grows.</summary>
    public long LastUse { get; set; }

    /// <summary>When it ended (UTC); null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Numbers that are kept of it.</summary>
    public int Weight => Answer?.Weight ?? 0;

    /// <summary>Why there is no answer; null where there is one, or before the end.</summary>
    public Error? Failure => result.IsCompletedSuccessfully ? result.Result.Error : null;

    private IGlobalAnswer? Answer => result.IsCompletedSuccessfully && result.Result.Succeeded(out var answer, out _) ? answer : null;
}
