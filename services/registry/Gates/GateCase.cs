using Platform.Contracts.Registry;
using Platform.Registry.Scoring;

namespace Platform.Registry.Gates;

/// <summary>A version before its gates, with what trying it out has shown.</summary>
internal sealed record GateCase
{
    public required ModelVersionDescription Version { get; init; }

    public required GateTerms Terms { get; init; }

    /// <summary>Its answers to its own reference rows; null where it has none, or did not answer them all.</summary>
    public AnsweredRows? Answers { get; init; }

    /// <summary>The answers of the version that serves to the same rows; null where none serves, or where no gate asks for them.</summary>
    public AnsweredRows? IncumbentAnswers { get; init; }

    /// <summary>Why the version that serves could not be asked the same rows; null where it could.</summary>
    public string? IncumbentProblem { get; init; }

    /// <summary>Labelled rows below which nothing is concluded.</summary>
    public int MinLabelled { get; init; }

    /// <summary>How long single rows took; null where no gate asks for it, or where there was no row to ask.</summary>
    public TrialLatency? Latency { get; init; }

    /// <summary>How it answers reference rows that are changed a little; null where no gate asks for it, or where there are none.</summary>
    public AlteredAnswers? Altered { get; init; }

    /// <summary>Digest of the rows that everything was measured on; null without any.</summary>
    public string? RowsDigest => Version.Reference?.RowsDigest;
}
