using System.Diagnostics;

namespace Platform.Bench.Stages;

/// <summary>Durations and allocations by stage, of every request measured.</summary>
internal sealed class StageTimes(int requests)
{
    private static readonly int Stages = Enum.GetValues<Stage>().Length;

    private readonly double[][] _micros = [.. Enumerable.Range(0, Stages).Select(_ => new double[requests])];
    private readonly double[][] _bytes = [.. Enumerable.Range(0, Stages).Select(_ => new double[requests])];

    public int Requests => requests;

    public void Add(int request, Stage stage, long from, long to) =>
        _micros[(int)stage][request] = Stopwatch.GetElapsedTime(from, to).TotalMicroseconds;

    /// <summary>Counts what the current thread has allocated since it had allocated <paramref name="before"/> bytes.</summary>
    public void AddBytes(int request, Stage stage, long before) =>
        _bytes[(int)stage][request] = GC.GetAllocatedBytesForCurrentThread() - before;

    /// <summary>The median duration.</summary>
    public double Micros(Stage stage) => Median(_micros[(int)stage]);

    /// <summary>The median allocation: now and then the log takes a page, which it then keeps.</summary>
    public double Bytes(Stage stage) => Median(_bytes[(int)stage]);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
