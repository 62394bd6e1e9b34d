using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Platform.Bench.References;

/// <summary>A bare <c>InferenceSession.Run</c> loop on one thread: what the runtime alone needs for a row, by batch size.</summary>
internal static class BareRuntime
{
    public static readonly int[] BatchSizes = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Prints the best time per row in microseconds, and the batch size it was reached at.</summary>
    public static void Run(string model, double secondsPerSize)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        var best = BatchSizes.Select(size => (Size: size, Micros: MicrosPerRow(session, size, secondsPerSize))).MinBy(result => result.Micros);
        Console.WriteLine(FormattableString.Invariant($"{best.Micros:R} {best.Size}"));
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

    private static double MicrosPerRow(InferenceSession session, int batch, double seconds)
    {
        using var run = new RunOptions();
        using var input = Input(session, batch);
        string[] inputs = [session.InputNames[0]], outputs = [.. session.OutputNames];
        OrtValue[] values = [input];
        for (var i = 0; i < 20; i++) session.Run(run, inputs, values, outputs).Dispose();

        var (count, started) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            session.Run(run, inputs, values, outputs).Dispose();
            count++;
        }
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / count / batch;
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
