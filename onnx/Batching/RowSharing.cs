using Platform.Onnx.RowFlow;

namespace Platform.Onnx.Batching;

/// <summary>
/// Whether rows of a version may be put into one run, and why. Whoever runs a version asks this first: serving, jobs, gates and
/// explanations alike; where rows may not share a run, each is run alone.
/// </summary>
/// <param name="MayShare">Whether a row's answer is the same among others as alone.</param>
/// <param name="DecidedBy">What decided it, one of the constants here.</param>
/// <param name="Reason">The same for a person, a sentence.</param>
/// <param name="Mixing">The operator that forbids it, where one does.</param>
public sealed record RowSharing(bool MayShare, string DecidedBy, string Reason, RowMixing? Mixing = null)
{
    /// <summary>The shapes of its inputs and outputs have no first dimension that counts rows.</summary>
    public const string Signature = "signature";

    /// <summary>Its operators, one after the other.</summary>
    public const string Graph = "graph";

    /// <summary>The metadata's <c>serving.rows</c>.</summary>
    public const string Owner = "owner";

    /// <summary>What was seen when rows were run alone and together.</summary>
    public const string Trial = "trial";
}

/// <summary>What the owner of a version says of its rows; overrides what the graph proves, not what a trial shows.</summary>
public enum RowPolicy
{
    /// <summary>Nothing: the graph decides.</summary>
    Auto,

    /// <summary>Every row's answer depends on that row alone.</summary>
    Independent,

    /// <summary>Rows are never to share a run.</summary>
    Alone,
}

/// <summary>A <see cref="RowPolicy"/> as metadata writes it.</summary>
public static class RowPolicies
{
    private static readonly Dictionary<string, RowPolicy> Names = new()
    {
        ["auto"] = RowPolicy.Auto, ["independent"] = RowPolicy.Independent, ["alone"] = RowPolicy.Alone,
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> All => Names.Keys;

    /// <summary>The policy of a name; the graph decides where there is none, or one that is not known here.</summary>
    public static RowPolicy Of(string? name) => Names.GetValueOrDefault(name ?? "", RowPolicy.Auto);
}
