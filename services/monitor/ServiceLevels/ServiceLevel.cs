using Platform.Contracts.Inference;
using Platform.Monitor.Records;

namespace Platform.Monitor.ServiceLevels;

/// <summary>How the requests of a window fared, and how long those that succeeded took.</summary>
internal sealed class ServiceLevel
{
    private readonly List<double> _queue = [];
    private readonly List<double> _batch = [];
    private readonly List<double> _compute = [];
    private readonly List<double> _total = [];
    private int _failed;
    private int _rejected;
    private int _cancelled;

    public void Add(LoggedPrediction prediction)
    {
        switch (prediction.Status)
        {
            case PredictionStatus.Succeeded: AddTimes(prediction); break;
            case PredictionStatus.Rejected: _rejected++; break;
            case PredictionStatus.Cancelled: _cancelled++; break;
            default: _failed++; break;
        }
    }

    public ServiceLevelReport ToReport()
    {
        var requests = _total.Count + _failed + _rejected + _cancelled;
        var answered = _total.Count + _failed;
        return new()
        {
            Requests = requests,
            Succeeded = _total.Count,
            Failed = _failed,
            Rejected = _rejected,
            Cancelled = _cancelled,
            ErrorRate = answered == 0 ? null : _failed / (double)answered,
            LatencyMs = new(
                LatencyQuantiles.Of(_queue), LatencyQuantiles.Of(_batch), LatencyQuantiles.Of(_compute), LatencyQuantiles.Of(_total)),
        };
    }

    private void AddTimes(LoggedPrediction prediction)
    {
        _queue.Add(prediction.QueueMicros / 1000.0);
        _batch.Add(prediction.BatchMicros / 1000.0);
        _compute.Add(prediction.ComputeMicros / 1000.0);
        _total.Add(prediction.TotalMicros / 1000.0);
    }
}
