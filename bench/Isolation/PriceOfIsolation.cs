using Platform.Bench.Load;
using Platform.Bench.Serving;

namespace Platform.Bench.Isolation;

/// <summary>A model in process and in a worker, measured in turns.</summary>
internal sealed record PriceRound(LoadResult InProcess, LoadResult InWorker, LoadResult OneInProcess, LoadResult OneInWorker)
{
    public double Share => InWorker.PerSecond / InProcess.PerSecond;

    public long Errors => InProcess.Errors + InWorker.Errors + OneInProcess.Errors + OneInWorker.Errors;

    public static async Task<PriceRound> TakeAsync(Deployment platform, Cell cell, string isolated, TimeSpan duration)
    {
        var (port, here, there) = (platform.InferencePort, cell.Request(), cell.RequestTo(isolated));
        using var inProcess = new SaturatedServer(platform.Inference, port, here);
        using var inWorker = new SaturatedServer(platform.Inference, port, there);
        await ISaturated.CompareAsync(duration, inProcess, inWorker);
        return new PriceRound(inProcess.Load, inWorker.Load,
            await ClosedLoop.RunAsync(port, here, 1, duration / 2), await ClosedLoop.RunAsync(port, there, 1, duration / 2));
    }
}

/// <summary>What the rounds of a model come to: of the shares, each of one round, the median counts.</summary>
internal sealed record PriceOfIsolation(Cell Cell, double AtLeast, IReadOnlyList<PriceRound> Rounds)
{
    public double Share => Median.Share;

    public bool IsReached => Share >= AtLeast && Rounds.All(round => round.Errors == 0);

    public string Row
    {
        get
        {
            var median = Median;
            var verdict = Rounds.Any(round => round.Errors > 0) ? "NOT VALID: answers failed" : IsReached ? $"reaches {AtLeast}" : $"FALLS SHORT of {AtLeast}";
            return $"| {Cell.Name} | {median.InProcess.PerSecond:F0} | {median.InWorker.PerSecond:F0} | {Share:F2} ({string.Join(", ", Rounds.Select(round => $"{round.Share:F2}"))}) "
                + $"| {median.InProcess.Median:F0} | {median.InWorker.Median:F0} | {median.InProcess.WindowP99:F0} | {median.InWorker.WindowP99:F0} "
                + $"| {median.OneInProcess.Median:F0} | {median.OneInWorker.Median:F0} | {verdict} |";
        }
    }

    private PriceRound Median => Rounds.OrderBy(round => round.Share).ElementAt(Rounds.Count / 2);
}
