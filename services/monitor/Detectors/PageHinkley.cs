namespace Platform.Monitor.Detectors;

/// <summary>
/// Page and Hinkley's test (Page 1954, Hinkley 1971): the sum of how far each outcome lies above the mean so far, less an allowance, in
/// standard deviations; an alarm where it has risen far above its lowest. Quick where errors become more frequent at once.
/// </summary>
internal sealed class PageHinkley : IErrorDetector
{
    public const string Name = "page_hinkley";

    // Half of the shift that is looked for, a fifth of a standard deviation: errors of one row in ten become one in six.
    private const double Allowance = 0.1;

    // By Siegmund's approximation (1985) 3.5 million normal outcomes between false alarms; rare errors are skewed, and have fewer.
    private const double Threshold = 50;

    // Of fewer outcomes the mean is not known well enough to lie above it.
    private const int Fewest = 100;

    private double _count;
    private double _errors;
    private double _sum;
    private double _lowest;

    public string Id => Name;

    public bool Add(bool wrong)
    {
        _count++;
        _errors += wrong ? 1 : 0;
        var mean = (_errors + 1) / (_count + 2); // Laplace's rule: never 0 or 1
        _sum += ((wrong ? 1 : 0) - mean) / Math.Sqrt(mean * (1 - mean)) - Allowance;
        _lowest = Math.Min(_lowest, _sum);
        if (_count < Fewest || _sum - _lowest <= Threshold)
            return false;

        Restore([0, 0, 0, 0]);
        return true;
    }

    public double[] Save() => [_count, _errors, _sum, _lowest];

    public void Restore(IReadOnlyList<double> saved) => (_count, _errors, _sum, _lowest) = (saved[0], saved[1], saved[2], saved[3]);
}
