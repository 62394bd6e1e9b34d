using System.Text.Json.Serialization;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>
/// A file that is scored, as a document. Its content lies in pieces beside it until the job has ended, what came of its rows in parts, of which each
/// was stored in one commit with how far the job had come then.
/// </summary>
internal sealed record ScoringRecord : WorkRecord
{
    public string Model { get; init; } = "";

    /// <summary>The version that served when the file came.</summary>
    public string Version { get; init; } = "";

    public string RequestId { get; init; } = "";

    /// <summary>A value of <see cref="RowFormat"/>.</summary>
    public string Format { get; init; } = "";

    /// <summary>Size of the file.</summary>
    public long Bytes { get; init; }

    /// <summary>Pieces of the file.</summary>
    public int Pieces { get; init; }

    /// <summary>Rows of one run, at most: settled once, so that a job that is begun again asks the same again under the same ids.</summary>
    public int BatchRows { get; init; }

    /// <summary>The file's columns; null until it has been read through once.</summary>
    public IReadOnlyList<FileColumn>? FileColumns { get; init; }

    /// <summary>The result's columns; null until the file has been read through once.</summary>
    public IReadOnlyList<ResultColumn>? Columns { get; init; }

    /// <summary>Rows of the file; null until it has been read through once.</summary>
    public long? RowsTotal { get; init; }

    /// <summary>Rows whose outcome is stored, the bad ones included.</summary>
    public long RowsDone { get; init; }

    /// <summary>Those that have no answer.</summary>
    public long RowsFailed { get; init; }

    /// <summary>Parts that are stored.</summary>
    public int Parts { get; init; }

    /// <summary>What the parts take.</summary>
    public long ResultBytes { get; init; }

    /// <summary>Problems of rows that are kept.</summary>
    public int ProblemsKept { get; init; }

    /// <summary>Those that are not, as they are too many.</summary>
    public long ProblemsLeftOut { get; init; }

    /// <summary>What those that are kept take.</summary>
    public long ProblemBytes { get; init; }

    /// <summary>Rows a second since it was begun last; 0 before the first part.</summary>
    public double RowsPerSecond { get; init; }

    public JobError? Error { get; init; }

    /// <summary>What the outcome of the rows takes.</summary>
    [JsonIgnore]
    public long OutcomeBytes => ResultBytes + ProblemBytes;

    /// <summary>What the job takes in the store, or will take: as long as it has not ended, there is room kept for a result as large as its file.</summary>
    [JsonIgnore]
    public long StoredBytes => IsFinal ? OutcomeBytes : Math.Max(BytesFor(Bytes), Bytes + OutcomeBytes);

    /// <summary>What is kept for a file of so many bytes and its result.</summary>
    public static long BytesFor(long file) => 2 * file;

    public ScoringRecord Finish(string state, JobError? error, DateTimeOffset now) => this with
    {
        State = state,
        Error = error,
        Worker = null,
        FinishedAt = now,
        ResultBytes = state == WorkState.Succeeded ? ResultBytes : 0,
    };
}
