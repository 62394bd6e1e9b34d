using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Platform.Bench.References;

/// <summary>
/// The runtime alone in a loop on one thread, with the session's settings of the services, over memory that is bound once: what it
/// needs for a row, by batch size.
/// </summary>
internal static class BareRuntime
{
    public static readonly int[] BatchSizes = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>
    /// For every line of a batch size and seconds, runs for so long and prints the rows and the microseconds that they took, by the clock and of
    /// processor time.
    /// </summary>
    public static void Run(string model)
    {
        using var session = Open(model);
        while (Console.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            var (batch, seconds) = (int.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
            Console.WriteLine(Run(session, batch, TimeSpan.FromSeconds(seconds)));
        }
    }

    /// <summary>The median time of a run of one row, in this process, in microseconds.</summary>
    public static double MedianMicros(string model, int runs)
    {
        using var session = Open(model);
        using var bound = new BoundRun(session, Input(session, 1));
        var micros = new double[2 * runs];
        for (var i = 0; i < micros.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            bound.Run();
            micros[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return micros.Skip(runs).Order().ElementAt(runs / 2); // the first half warms up
    }

    // As onnx/Sessions/SessionFactory.cs opens it on one processor.
    private static InferenceSession Open(string model)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new InferenceSession(model, options);
    }

    private static string Run(InferenceSession session, int batch, TimeSpan duration)
    {
        using var bound = new BoundRun(session, Input(session, batch));
        for (var i = 0; i < 20; i++) bound.Run();

        var (rows, processor, started) = (0L, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(started) < duration; rows += batch) bound.Run();
        var taken = Stopwatch.GetElapsedTime(started);
        return FormattableString.Invariant(
            $"{rows} {taken.TotalMicroseconds:R} {(Environment.CpuUsage.TotalTime - processor).TotalMicroseconds:R}");
    }

    private static OrtValue Input(InferenceSession session, int batch)
    {
        var metadata = session.InputMetadata[session.InputNames[0]];
        long[] shape = [batch, .. metadata.Dimensions.Skip(1).Select(size => (long)size)];
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var random = new Random(1);
        return metadata.ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, count).Select(_ => (long)random.Next(400)).ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).ToArray(), shape);
    }
}
