namespace Platform.Hosting.PredictionLog;

/// <summary>
/// What a record may take at most, so that it can be kept and sent wherever the log goes. It is the same in both modes, so that a record says the
/// same in both.
/// </summary>
/// <param name="PackedBytes">As it is appended: it must fit on one page of the local log.</param>
/// <param name="JsonBytes">As JSON: with its key and headers it must fit into one message of Kafka.</param>
public sealed record RecordLimits(int PackedBytes, int JsonBytes)
{
    /// <summary>The head of a page and of an entry; or key, headers, number and framing of a message.</summary>
    private const int Overhead = 4096;

    internal static RecordLimits Of(PredictionLogOptions options) =>
        new((int)options.PageBytes - Overhead, options.Kafka.MaxMessageBytes - Overhead);
}
