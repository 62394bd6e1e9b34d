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

    /// <summary>Rows a second since it was begun last; 0 before the first part.</summary>
    public double RowsPerSecond { get; init; }

    public JobError? Error { get; init; }

    /// <summary>What the job takes in the store.</summary>
    [JsonIgnore]
    public long StoredBytes => IsFinal ? ResultBytes : Bytes + ResultBytes;

    public ScoringRecord Finish(string state, JobError? error, DateTimeOffset now) => this with
    {
        State = state,
        Error = error,
        Worker = null,
        FinishedAt = now,
        ResultBytes = state == WorkState.Succeeded ? ResultBytes : 0,
    };
}
