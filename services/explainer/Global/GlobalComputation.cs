using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>One computation and all who ask for it.</summary>
internal sealed class GlobalComputation
{
    /// <param name="model">The model's name.</param>
    /// <param name="askedAt">When it is asked for first (UTC).</param>
    /// <param name="begin">Begins it.</param>
    public GlobalComputation(string model, DateTimeOffset askedAt, Func<GlobalComputation, Task<Result<IGlobalAnswer>>> begin)
    {
        (Model, AskedAt) = (model, askedAt);
        Result = begin(this);
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>How far it is.</summary>
    public WorkCount Work { get; } = new();

    /// <summary>What it comes to.</summary>
    public Task<Result<IGlobalAnswer>> Result { get; }

    /// <summary>When it was last asked for (UTC).</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Whether it was stopped since nobody asked for it any more.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether somebody who waited has been told what it came to.</summary>
    public bool IsTold { get; set; }

    /// <summary>When it was last asked for, by a count that only grows.</summary>
    public long LastUse { get; set; }

    /// <summary>When it ended (UTC); null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Numbers that are kept of it.</summary>
    public int Weight => Answer?.Weight ?? 0;

    /// <summary>Why there is no answer; null where there is one, or before the end.</summary>
    public Error? Failure => Result.IsCompletedSuccessfully ? Result.Result.Error : null;

    private IGlobalAnswer? Answer => Result.IsCompletedSuccessfully && Result.Result.Succeeded(out var answer, out _) ? answer : null;
}
