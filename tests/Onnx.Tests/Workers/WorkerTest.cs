using System.Collections.Concurrent;
using Platform.Onnx.Sessions;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Workers;

/// <summary>Models in workers, and signals to those.</summary>
public abstract class WorkerTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<WorkerSession> _sessions = [];

    public void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Save(OnnxFile model) => model.Save(_folder.Path);

    private protected Task<WorkerSession> LoadAsync(OnnxFile model, WorkerLimits? limits = null, IWorkerWatch? watch = null) =>
        LoadAsync(Save(model), new SessionSettings(), limits, watch);

    private protected async Task<WorkerSession> LoadAsync(string path, SessionSettings settings, WorkerLimits? limits = null, IWorkerWatch? watch = null)
    {
        var session = await WorkerSession.LoadAsync(path, settings, limits ?? new WorkerLimits(), watch, CancellationToken.None).PatientlyAsync();
        _sessions.Add(session);
        return session;
    }

    /// <summary>Sends a signal to a session's worker.</summary>
    private protected static void Signal(WorkerSession session, string signal) => Signals.Send(session.Status.Process, signal);

    private protected static Task UntilRunningAsync(WorkerSession session, int process) =>
        Eventually.TrueAsync(() => session.Status.IsRunning && session.Status.Process != process, "the worker is back");

    private protected sealed class Watch : IWorkerWatch
    {
        public ConcurrentQueue<WorkerDeath> Deaths { get; } = new();

        public ConcurrentQueue<TimeSpan> Returns { get; } = new();

        public void Died(WorkerDeath death) => Deaths.Enqueue(death);

        public void Returned(TimeSpan away) => Returns.Enqueue(away);
    }
}
