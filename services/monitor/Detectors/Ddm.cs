namespace Platform.Monitor.Detectors;

/// <summary>
/// The drift detection method (Gama and others 2004): the error rate so far p has the deviation s = √(p(1 − p)/n), and an alarm is given where
/// p + s has risen from where it was lowest to three of its deviations above that. Quick early in a stream; late in one it takes long, as
/// all that was before counts.
/// </summary>
internal sealed class Ddm : IErrorDetector
{
    public const string Name = "ddm";

    private const double Deviations = 3;

    // Thirty outcomes, as published, may be without an error, and then the first one is an alarm: thirty errors it is.
    private const int FewestErrors = 30;

    private double _count;
    private double _errors;
    private double _rate;
    private double _deviation = double.MaxValue;

    public string Id => Name;

    public bool Add(bool wrong)
    {
        _count++;
        _errors += wrong ? 1 : 0;
        if (_errors < FewestErrors)
            return false;

        var rate = _errors / _count;
        var deviation = Math.Sqrt(rate * (1 - rate) / _count);
        if (rate + deviation < _rate + _deviation)
            (_rate, _deviation) = (rate, deviation);
        if (rate + deviation <= _rate + Deviations * _deviation)
            return false;

        Restore([0, 0, 0, double.MaxValue]);
        return true;
    }

    public double[] Save() => [_count, _errors, _rate, _deviation];

    public void Restore(IReadOnlyList<double> saved) => (_count, _errors, _rate, _deviation) = (saved[0], saved[1], saved[2], saved[3]);
}
