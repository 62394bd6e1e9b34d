using Platform.Monitor.Predictions;

namespace Platform.Monitor.Records;

/// <summary>What the monitor reads of a record of the prediction log.</summary>
internal sealed class LoggedPrediction
{
    public string Id { get; set; } = "";

    public string Model { get; set; } = "";

    public string Version { get; set; } = "";

    /// <summary>Why that version: champion, challenger or shadow, another alias, or version.</summary>
    public string Route { get; set; } = "";

    /// <summary>Where its trace stands; null where none is collected.</summary>
    public string? TraceParent { get; set; }

    public DateTimeOffset Time { get; set; }

    /// <summary>One of the values of <see cref="Platform.Contracts.Inference.PredictionStatus"/>.</summary>
    public string Status { get; set; } = "";

    public int Rows { get; set; } = 1;

    public List<LoggedTensorSlice> Inputs { get; } = [];

    public List<LoggedTensorSlice> Outputs { get; } = [];

    public long QueueMicros { get; set; }

    public long BatchMicros { get; set; }

    public long ComputeMicros { get; set; }

    public long TotalMicros { get; set; }

    /// <summary>The id by which ground truth addresses a row.</summary>
    public RowId RowId(int row) => Predictions.RowId.Of(Id, row, Rows);
}
