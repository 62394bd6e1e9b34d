using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>A pipeline whose parts are loaded.</summary>
internal sealed class PipelineSession : ModelSession
{
    private readonly PipelinePlan _plan;
    private readonly IReadOnlyList<ModelSession> _sessions;
    private readonly IReadOnlyList<StepModel> _models;

    private PipelineSession(PipelinePlan plan, IReadOnlyList<StepModel> models)
    {
        (_plan, _models) = (plan, models);
        _sessions = [.. models.Select(model => model.Session)];
    }

    public override ModelSignature Signature => _plan.Signature;

    /// <summary>Where its parts run: elsewhere than on the CPU where one of them does.</summary>
    public override string Provider => _sessions.Select(session => session.Provider).FirstOrDefault(provider => provider != ExecutionProvider.Cpu) ?? ExecutionProvider.Cpu;

    public override IReadOnlyList<string> PassedOver => [.. _sessions.SelectMany(session => session.PassedOver).Distinct()];

    /// <summary>Loads the parts of a pipeline.</summary>
    /// <exception cref="ModelLoadException">One of them is missing or cannot be loaded, or they do not go together.</exception>
    public static PipelineSession Open(string path, SessionSettings settings)
    {
        var parts = PipelineParts.Of(path);
        var sessions = new List<ModelSession>();
        try
        {
            foreach (var (step, file) in parts.Steps) sessions.Add(Open(step, file, settings));
            var models = sessions.Zip(parts.Steps, (session, part) => new StepModel(session, KeepsRowsApart(part.Step, part.File, session.Signature), settings.MaxOutputBytes));
            return new PipelineSession(PipelinePlan.Of(parts.Document, [.. sessions.Select(session => session.Signature)]), [.. models]);
        }
        catch
        {
            foreach (var session in sessions) session.Dispose();
            throw;
        }
    }

    public override ModelRunner CreateRunner() => new PipelineRunner(_plan, _models);

    public override void Dispose()
    {
        foreach (var session in _sessions) session.Dispose();
    }

    private static bool KeepsRowsApart(PipelineStep step, string file, ModelSignature signature) =>
        signature.Inputs.All(ValueSpecs.HasRows) && PipelineProof.Of(step, file).Mixing is null;

    private static ModelSession Open(PipelineStep step, string file, SessionSettings settings)
    {
        try
        {
            return SharedSessions.Open(file, settings);
        }
        catch (ModelLoadException exception)
        {
            throw new ModelLoadException($"{step.Label}: {exception.Message}", exception);
        }
    }
}
