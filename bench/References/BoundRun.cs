using Microsoft.ML.OnnxRuntime;

namespace Platform.Bench.References;

/// <summary>Runs over the same input again and again, whose outputs lie in the same memory each time: nothing is made for a run.</summary>
internal sealed class BoundRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly IReadOnlyList<OrtValue> _outputs;

    public BoundRun(InferenceSession session, OrtValue input)
    {
        (_session, _input, _binding) = (session, input, session.CreateIoBinding());
        string[] names = [.. session.OutputNames];
        _outputs = [.. session.Run(_options, [session.InputNames[0]], [input], names)]; // in the shapes that they will have
        _binding.BindInput(session.InputNames[0], input);
        foreach (var (name, output) in names.Zip(_outputs)) _binding.BindOutput(name, output);
    }

    public void Run() => _session.RunWithBinding(_options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var output in _outputs) output.Dispose();
        _input.Dispose();
        _options.Dispose();
    }
}
