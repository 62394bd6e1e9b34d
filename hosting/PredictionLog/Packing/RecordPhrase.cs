namespace Platform.Hosting.PredictionLog.Packing;

/// <summary>
/// The text that prediction records have in common, one byte each. The numbers lie in the logs of every process that ever wrote one: new phrases
/// get new numbers, below <see cref="RecordValue.Text"/>, and none ever changes its meaning.
/// </summary>
public enum RecordPhrase : byte
{
    /// <summary>The envelope up to the name of the model.</summary>
    Head = 0,
    Id = 1,
    Time = 2,
    TraceParent = 3,

    /// <summary>The end of the envelope, and the version's name.</summary>
    Version = 4,
    Route = 5,
    RouteKey = 6,
    RequestId = 7,
    TraceId = 8,
    Status = 9,
    Error = 10,
    Rows = 11,
    Inputs = 12,

    /// <summary>The end of the inputs, and the beginning of the outputs.</summary>
    Outputs = 13,
    Tensor = 14,
    Datatype = 15,
    Shape = 16,
    Stride = 17,
    Digest = 18,
    Summaries = 19,
    Mean = 20,
    Std = 21,
    Min = 22,
    Max = 23,
    Zeros = 24,
    EndSummaries = 25,
    Data = 26,

    /// <summary>The end of the outputs, and the beginning of the timings.</summary>
    QueueMicros = 27,
    BatchMicros = 28,
    ComputeMicros = 29,
    TotalMicros = 30,

    /// <summary>The end of the timings, and the batch's size.</summary>
    BatchSize = 31,
    Device = 32,
    Comma = 33,
    EndObject = 34,
    End = 35,
}
