using Platform.Load;

namespace Platform.Bench.Load;

/// <summary>
/// The p99 of every thousand answers in a row. A machine that stands still for milliseconds some times a second, as a shared one may,
/// decides the p99 of a whole run, but not that of the median window.
/// </summary>
internal sealed class LatencyWindows
{
    private const int Answers = 1000;

    private readonly List<double> _p99s = [];
    private readonly LatencyHistogram _window = new();

    /// <summary>The p99 of the median window in microseconds; NaN when there was none.</summary>
    public double MedianP99 => _p99s.Count == 0 ? double.NaN : _p99s.Order().ElementAt(_p99s.Count / 2);

    /// <summary>Adds the windows of another load, and goes on with its last one.</summary>
    public void Add(LatencyWindows others)
    {
        _p99s.AddRange(others._p99s);
        _window.Add(others._window);
        CloseIfFull();
    }

    /// <summary>Records a duration in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public void Record(long ticks)
    {
        _window.Record(ticks);
        CloseIfFull();
    }

    private void CloseIfFull()
    {
        if (_window.Count < Answers) return;
        _p99s.Add(_window.Microseconds(0.99));
        _window.Clear();
    }
}
