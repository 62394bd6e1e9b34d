namespace Platform.Inference.Protocol;

/// <summary>Where a request's time went between its queueing and its outputs, and in what company it ran.</summary>
internal readonly record struct RunTimes(TimeSpan Queue, TimeSpan ComputeInput, TimeSpan ComputeInfer, TimeSpan ComputeOutput, int BatchSize)
{
    /// <summary>Writes them as further members of the answer's <c>parameters</c>, in microseconds.</summary>
    public void Write(ByteBuffer target)
    {
        target.Write(",\"queue_us\":"u8);
        target.WriteNumber((long)Queue.TotalMicroseconds);
        target.Write(",\"compute_input_us\":"u8);
        target.WriteNumber((long)ComputeInput.TotalMicroseconds);
        target.Write(",\"compute_infer_us\":"u8);
        target.WriteNumber((long)ComputeInfer.TotalMicroseconds);
        target.Write(",\"compute_output_us\":"u8);
        target.WriteNumber((long)ComputeOutput.TotalMicroseconds);
        target.Write(",\"batch_size\":"u8);
        target.WriteNumber(BatchSize);
    }
}
