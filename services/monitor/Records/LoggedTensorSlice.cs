using Platform.Monitor.Features;

namespace Platform.Monitor.Records;

/// <summary>A tensor of a logged prediction, its elements still JSON.</summary>
internal sealed class LoggedTensorSlice
{
    public string Name { get; set; } = "";

    public string Datatype { get; set; } = "";

    /// <summary>Product of the dimensions.</summary>
    public long Elements { get; set; } = 1;

    public int Stride { get; set; } = 1;

    /// <summary>A JSON array of the elements that were logged.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>One summary a row of a tensor that was logged in part; else empty.</summary>
    public List<RowSummary> Summaries { get; } = [];
}
