using System.Globalization;

namespace Platform.Inference.Scoring;

/// <summary>A file that is being received.</summary>
internal sealed record ScoringUpload(string Job, DateTimeOffset GoesAt, int MostPieces);

/// <summary>Bytes of a file, or of a part of a result.</summary>
internal sealed record ScoringPiece(byte[] Bytes);

/// <summary>What is wrong with the rows of a part.</summary>
internal sealed record ScoringProblems(int Part, IReadOnlyList<ScoringProblem> Items);

/// <summary>When a job goes.</summary>
internal sealed record ScoringExpiry(string Job, int Parts, DateTimeOffset At);

/// <summary>Where in the problems of a job a page ends.</summary>
/// <param name="Part">The part.</param>
/// <param name="At">The problem's place among those of the part.</param>
internal sealed record ProblemPlace(int Part, int At)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}-{At}");

    /// <summary>The place that a page before named. Throws <see cref="BadHttpRequestException"/>, which is answered with 400, for what is none.</summary>
    public static ProblemPlace? Read(string? after)
    {
        if (after is null) return null;
        var dash = after.IndexOf('-');
        return dash > 0 && int.TryParse(after.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(after.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new(part, at)
            : throw new BadHttpRequestException("after must be the next of an earlier page.");
    }
}
