using Platform.Onnx.Bundles;

namespace Platform.Onnx.Inspection;

/// <summary>Reads the outermost message of an ONNX file and judges the whole.</summary>
internal sealed class ModelWalk(ProtobufReader reader, InspectionLimits limits, IReadOnlyDictionary<string, BundledFile> files)
{
    private const int MaxOperatorSets = 1000;

    private readonly GraphWalk _graph = new(reader, limits, files);
    private readonly Dictionary<string, long> _operatorSets = [];
    private bool _hasGraph;
    private long _irVersion;
    private string _producer = "";
    private string _producerVersion = "";

    public ModelInspection Inspect()
    {
        while (reader.ReadField()) ReadModelField();
        var nodes = _graph.Operators.CountExpanded(atMost: limits.MaxNodes + 1L);
        return new ModelInspection
        {
            Problem = FindProblem(nodes),
            IrVersion = _irVersion,
            OperatorSets = _operatorSets,
            Producer = $"{_producer} {_producerVersion}".Trim(),
            Domains = [.. _graph.Operators.Domains.Order(StringComparer.Ordinal)],
            ExternalData = [.. _graph.External.Locations],
            Nodes = (int)nodes,
        };
    }

    private void ReadModelField()
    {
        if (reader.Is(1, WireType.Varint)) _irVersion = (long)reader.ReadVarint();
        else if (reader.Is(2, WireType.Bytes)) _producer = reader.ReadText();
        else if (reader.Is(3, WireType.Bytes)) _producerVersion = reader.ReadText();
        else if (reader.Is(7, WireType.Bytes)) ReadGraph();
        else if (reader.Is(8, WireType.Bytes)) ReadOperatorSet();
        else if (reader.Is(20, WireType.Bytes)) ReadTraining();
        else if (reader.Is(25, WireType.Bytes)) _graph.Function();
        else reader.SkipField();
    }

    private void ReadGraph()
    {
        _hasGraph = true;
        _graph.Graph();
    }

    /// <summary>Training graphs are never run here, but their tensors could point to other files all the same.</summary>
    private void ReadTraining()
    {
        var outer = reader.Enter();
        while (reader.ReadField())
        {
            if (reader.Is(1, WireType.Bytes) || reader.Is(2, WireType.Bytes)) _graph.Graph();
            else reader.SkipField();
        }

        reader.Leave(outer);
    }

    private void ReadOperatorSet()
    {
        var (domain, version) = ("", 0L);
        var outer = reader.Enter();
        while (reader.ReadField())
        {
            if (reader.Is(1, WireType.Bytes)) domain = reader.ReadText();
            else if (reader.Is(2, WireType.Varint)) version = (long)reader.ReadVarint();
            else reader.SkipField();
        }

        reader.Leave(outer);
        _operatorSets[domain == "ai.onnx" ? "" : domain] = version;
        if (_operatorSets.Count > MaxOperatorSets) throw new InvalidDataException("it imports too many operator sets");
    }

    private string? FindProblem(long nodes)
    {
        if (!_hasGraph) return "The file is not an ONNX model: it has no graph.";
        if (_operatorSets.Count == 0) return "The file is not an ONNX model: it imports no operator set.";
        if (nodes > limits.MaxNodes)
            return $"The model has more than {limits.MaxNodes} operators once its functions are written out.";
        if (_graph.External.FindProblem() is { } elsewhere) return elsewhere;
        if (_graph.Unusable is { } unusable)
            return $"The model cannot be served: {unusable}, which no request or answer can carry; put a Cast before or behind it.";

        var (domain, name) = _graph.Operators.Undefined(limits.Domains).FirstOrDefault();
        return name is null ? null : $"The operator '{name}' of the domain '{domain}' is neither built in nor allowed.";
    }
}
