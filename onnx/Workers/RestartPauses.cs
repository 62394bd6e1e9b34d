namespace Platform.Onnx.Workers;

/// <summary>How long to wait before a worker that has died is started again.</summary>
internal sealed class RestartPauses(WorkerLimits limits)
{
    private TimeSpan? _last;

    /// <param name="lived">How long the worker that died had worked.</param>
    public TimeSpan Next(TimeSpan lived)
    {
        if (lived >= limits.LongestPause) _last = null;
        var next = _last switch
        {
            null => TimeSpan.Zero,
            { Ticks: 0 } => limits.FirstPause,
            { } last => 2 * last,
        };
        _last = next < limits.LongestPause ? next : limits.LongestPause;
        return _last.Value;
    }
}
