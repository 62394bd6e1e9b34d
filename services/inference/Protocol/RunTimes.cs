namespace Platform.Inference.Protocol;

/// <summary>Where a request's time went between its queueing and its outputs, and in what company it ran.</summary>
internal readonly record struct RunTimes(TimeSpan Queue, TimeSpan ComputeInput, TimeSpan ComputeInfer, TimeSpan ComputeOutput, int BatchSize)
{
    private static readonly byte[][] Names =
    [
        "queue_us"u8.ToArray(), "compute_input_us"u8.ToArray(), "compute_infer_us"u8.ToArray(), "compute_output_us"u8.ToArray(), "batch_size"u8.ToArray(),
    ];

    /// <summary>How many parameters of an answer tell of it.</summary>
    public static int Count => Names.Length;

    /// <summary>One of them: its name and its value, in microseconds where it is a time.</summary>
    public (byte[] Name, long Value) this[int parameter] => (Names[parameter], parameter switch
    {
        0 => (long)Queue.TotalMicroseconds,
        1 => (long)ComputeInput.TotalMicroseconds,
        2 => (long)ComputeInfer.TotalMicroseconds,
        3 => (long)ComputeOutput.TotalMicroseconds,
        _ => BatchSize,
    });
}
