using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Platform.Bench.References;

/// <summary>A bare <c>InferenceSession.Run</c> loop on one thread: what the runtime alone needs for a row, by batch size.</summary>
internal static class BareRuntime
{
    public static readonly int[] BatchSizes = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>
    /// For every line of a batch size and seconds, runs for so long and prints the rows and the microseconds that they took, by the clock and of
    /// processor time.
    /// </summary>
    public static void Run(string model)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
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
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        using var input = Input(session, 1);
        string[] inputs = [session.InputNames[0]], outputs = [.. session.OutputNames];
        OrtValue[] values = [input];
        var micros = new double[2 * runs];
        for (var i = 0; i < micros.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            session.Run(run, inputs, values, outputs).Dispose();
            micros[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return micros.Skip(runs).Order().ElementAt(runs / 2); // the first half warms up
    }

    private static string Run(InferenceSession session, int batch, TimeSpan duration)
    {
        using var run = new RunOptions();
        using var input = Input(session, batch);
        string[] inputs = [session.InputNames[0]], outputs = [.. session.OutputNames];
        OrtValue[] values = [input];
        for (var i = 0; i < 20; i++) session.Run(run, inputs, values, outputs).Dispose();

        var (rows, processor, started) = (0L, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(started) < duration; rows += batch) session.Run(run, inputs, values, outputs).Dispose();
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
