using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Onnx.RowFlow;
using Platform.Onnx.Sessions;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>Tries a version out: loads its file and asks it its reference rows, in bounded time.</summary>
internal sealed class GateRunner(IArtifactStore artifacts, ModelSessions sessions, IOptions<GateOptions> options)
{
    public async Task<Measurement> MeasureAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        if (version.StatusMessage is { } reason) return NotLoaded(version, LoadsGate.NotServable(reason));
        if (artifacts.FindPath(version.Sha256) is not { } path) return NotLoaded(version, LoadsGate.Missing(version.Sha256));
        var measured = await Digest.OfFileAsync(path, cancellationToken);
        if (measured != version.Sha256) return NotLoaded(version, LoadsGate.Altered(measured, version.Sha256));

        var trial = new Trial(version);
        try
        {
            var predictions = await artifacts.StageAsync(
                target => sessions.UseAsync(path, (session, stop) => Try(session, path, trial, target, stop), cancellationToken),
                options.Value.MaxPredictionBytes, cancellationToken);
            return trial.ToMeasurement(predictions);
        }
        catch (ModelLoadException exception)
        {
            return NotLoaded(version, LoadsGate.Failed(version.Sha256, exception.Message));
        }
        catch (Exception exception) when (exception is TimeoutException or ArtifactTooLargeException)
        {
            if (trial.Loaded is null) return NotLoaded(version, LoadsGate.Failed(version.Sha256, exception.Message));
            var cause = $"Not all rows could be answered: {exception.Message}";
            return new Measurement([trial.Loaded, AnswersReferenceGate.NotMeasured(trial.Rows, cause)], null);
        }
    }

    private ReferenceAnswers Try(ModelSession session, string path, Trial trial, Stream target, CancellationToken stop)
    {
        trial.NoteLoaded(session.Provider);
        var manner = new CallManner(session, RowProof.Of(path), trial.Version);
        trial.Manner = manner;
        if (trial.Version.Reference is not { } reference) return new ReferenceAnswers();
        var rows = artifacts.FindPath(Digest.ToHex(reference.RowsDigest));
        if (rows is null) return trial.Answers = new ReferenceAnswers { Problem = "The reference rows are not in the artifact store." };
        using var lines = new JsonLineWriter(target);
        manner.Try(rows, stop);
        var run = new ReferenceRun(session, trial.Version.Signature, new PredictionLines(lines),
            manner.MayShare ? options.Value.BatchSize : 1);
        trial.Answers = run.Run(rows, stop);
        manner.TryAgain(stop);
        lines.Flush();
        return trial.Answers;
    }

    private static Measurement NotLoaded(ModelVersionDescription version, GateRecord loads) =>
        new([loads, AnswersReferenceGate.NotMeasured(version.Reference?.Rows ?? 0, "Not measured, since the file does not load.")], null);

    /// <summary>What is known of a version while it is tried out.</summary>
    private sealed class Trial(ModelVersionDescription version)
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public ModelVersionDescription Version => version;

        public int Rows => version.Reference?.Rows ?? 0;

        public GateRecord? Loaded { get; private set; }

        public ReferenceAnswers? Answers { get; set; }

        public CallManner? Manner { get; set; }

        public void NoteLoaded(string provider) => Loaded = LoadsGate.Passed(version.Sha256, provider, Stopwatch.GetElapsedTime(_started));

        public Measurement ToMeasurement(IStagedArtifact predictions)
        {
            var answers = (Answers is null ? AnswersReferenceGate.NoReference : AnswersReferenceGate.Of(Answers, Rows))
                .With(Manner?.Remark);
            if (Answers is not null && answers.Passed) return new Measurement([Loaded!, answers], predictions);
            predictions.Dispose();
            return new Measurement([Loaded!, answers], null);
        }
    }
}
