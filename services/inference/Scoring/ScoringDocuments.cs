using System.Globalization;

namespace Platform.Inference.Scoring;

/// <summary>A file that is being received, under the id of the job that it becomes.</summary>
/// <param name="Bytes">Its bytes, at most.</param>
/// <param name="Pieces">Those of its pieces that have come.</param>
/// <param name="GoesAt">What has not become a job by then was left by its process (UTC).</param>
/// <param name="IsDropped">It becomes no job, and its pieces are being removed.</param>
internal sealed record ScoringUpload(long Bytes, int Pieces, DateTimeOffset GoesAt, bool IsDropped);

/// <summary>Bytes of a file, or of a part of a result.</summary>
internal sealed record ScoringPiece(byte[] Bytes);

/// <summary>What is wrong with the rows of a part.</summary>
internal sealed record ScoringProblems(int Part, IReadOnlyList<ScoringProblem> Items);

/// <summary>What of a job, under its id, goes with its end.</summary>
internal sealed record ScoringLeftovers(int Pieces, int Parts);

/// <summary>When a job goes.</summary>
internal sealed record ScoringExpiry(string Job, int Parts, DateTimeOffset At);

/// <summary>Where in the problems of a job a page ends.</summary>
/// <param name="Part">The part.</param>
/// <param name="At">The problem's place among those of the part.</param>
internal sealed record ProblemPlace(int Part, int At)
{
    /// <summary>More than a job has of either.</summary>
    private const int Beyond = 100_000_000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}-{At}");

    /// <summary>The place that a page before named. Throws <see cref="BadHttpRequestException"/>, which is answered with 400, for what is none.</summary>
    public static ProblemPlace? Read(string? after)
    {
        if (after is null) return null;
        var dash = after.IndexOf('-');
        return dash > 0 && int.TryParse(after.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(after.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && part < Beyond && at < Beyond
            ? new(part, at)
            : throw new BadHttpRequestException("after must be the next of an earlier page.");
    }
}
