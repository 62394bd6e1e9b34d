using System.Diagnostics;
using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Registry.Gates;

/// <summary>Times a version's answers to single reference rows, once it is warm.</summary>
internal static class TimedRows
{
    private const int MostRows = 100;
    private const int WarmUpCalls = 20;

    // A model that takes a second for a row is slow after ten calls as after a thousand.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Null where no call is asked for, or no row can be asked.</summary>
    public static TrialLatency? Measure(ModelSession session, TrialRequest request)
    {
        if (request.TimedCalls == 0 || request.Rows is null) return null;
        var rows = ReadRows(request.Rows, request.Signature);
        try
        {
            return rows.Count == 0 ? null : Measure(session, rows, request.TimedCalls);
        }
        catch (ModelRunException)
        {
            return null; // the run over all rows has named the one at fault
        }
    }

    private static TrialLatency Measure(ModelSession session, List<Dictionary<string, Tensor>> rows, int calls)
    {
        var began = Stopwatch.GetTimestamp();
        List<double> times = [];
        for (var call = -WarmUpCalls; call < calls && (times.Count == 0 || Stopwatch.GetElapsedTime(began) < Longest); call++)
        {
            var started = Stopwatch.GetTimestamp();
            session.Evaluate(rows[(call + WarmUpCalls) % rows.Count], CancellationToken.None);
            if (call >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        times.Sort();
        return new TrialLatency(times.Count, At(times, 0.5), At(times, 0.99));
    }

    // The smallest time that the share of the calls does not exceed.
    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(sorted.Count * share) - 1];

    private static List<Dictionary<string, Tensor>> ReadRows(string path, Contracts.Registry.ModelSignature signature) =>
    [
        .. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<ReferenceRow>(line, PlatformJson.Tolerant)!)
            .Where(row => ReferenceBatch.CanAsk(row, signature)).Take(MostRows).Select(row => ReferenceBatch.Tensors([row], signature)),
    ];
}
