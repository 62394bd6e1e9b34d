using Platform.Onnx.Graphs;
using Platform.Onnx.Inspection;
using Platform.Onnx.RowFlow.Rules;

namespace Platform.Onnx.RowFlow.Proofs;

/// <summary>Applies the rules to one operator after the other, in the order of the file, which is one of their dependence.</summary>
internal sealed class GraphWalker(OnnxModel model)
{
    // Functions that use functions can make a small file grow without bound.
    private const int MaxSteps = 400_000;
    private const int MaxDepth = 64;

    // So can operators that put what they get beside itself.
    private const int MaxRank = 64;
    private const int MaxSizes = 1024;

    private int _steps;
    private int _depth;

    public void Walk(IEnumerable<OnnxNode> nodes, GraphScope scope)
    {
        if (++_depth > MaxDepth) throw new InvalidDataException("its graphs and functions are nested too deeply");
        foreach (var node in nodes)
        {
            if (++_steps > MaxSteps) throw new InvalidDataException("it has too many operators");
            var flows = Apply(node, scope);
            if (Array.Exists(flows, IsTooLarge)) throw new InvalidDataException("it makes tensors of too many dimensions");
            for (var i = 0; i < node.Outputs.Count; i++)
                scope.Set(node.Outputs[i], i < flows.Length ? flows[i] : flows[^1] with { Content = null, Constant = null, AtLeast = null, IsNumber = false });
        }

        _depth--;
    }

    private static bool IsTooLarge(Flow flow) => flow.Shape?.Length > MaxRank || flow.Content?.Items.Length > MaxSizes;

    private Flow[] Apply(OnnxNode node, GraphScope scope)
    {
        var step = new Step(node, [.. node.Inputs.Select(name => name.Length == 0 ? null : scope.Find(name))], scope);
        if (step.Given.FirstOrDefault(flow => flow.Mixing is not null) is { } mixed) return step.All(mixed);
        if (model.Functions.TryGetValue(node.Operator, out var function)) return Expand(function, step);
        if (node.Operator == new OperatorName("", "If")) return Branch(step);
        if (node.Operator == new OperatorName("", "Scan") && step.Version >= 9) return Scans.Apply(step, WalkBody);
        if (node.Operator == new OperatorName("", "Loop")) return Loops.Apply(step, WalkBody);
        if (RuleBook.Find(node.Operator) is not { } rule) return WithoutRule(step);
        if (step.Version < 7 && node.Operator.Domain.Length == 0)
            return step.Mixes("belongs to an operator set that is too old to be followed");
        if (!rule.ReadsSizes && step.Given.Any(flow => flow.Content is { DependsOnBatch: true }))
            return step.Mixes("makes use of the size of the batch");
        if (!rule.KnowsTokens && step.Given.Any(flow => flow.Tokens is not null)) return step.Mixes(RuleBook.PaddedText);
        if (Gaps.ArePlaced(node.Operator, model) && step.Given.FirstOrDefault() is { Rows: not null, IsFinite: false, IsNumber: false }) return step.Mixes(Gaps.Why);
        return rule.Apply(step);
    }

    /// <summary>An operator that no rule is known for is harmless where no rows come in; a loop may take them from around it.</summary>
    private static Flow[] WithoutRule(Step step)
    {
        if (step.Node.Attributes.Values.Any(attribute => attribute.Graph is not null) || step.InputCount == 0)
            return step.Mixes("is not known to keep rows apart");
        var isConstant = step.Given.All(flow => flow.Rows is null && flow.Content is not { DependsOnBatch: true });
        return isConstant ? step.All(Flow.Unknown) : step.Mixes("is not known to keep rows apart");
    }

    private Flow[] Expand(OnnxFunction function, Step step)
    {
        var sets = function.OperatorSets.Count > 0 ? function.OperatorSets : step.Scope.OperatorSets;
        var inner = new GraphScope(null, sets, step.Sizes, step.Scope.File, $"{step.Scope.Path}{step.Node.Outputs.FirstOrDefault()}>");
        for (var i = 0; i < function.Inputs.Count; i++)
            if (step[i] is { } given) inner.Set(function.Inputs[i], given);
        Walk(function.Nodes.Select(node => FunctionNodes.Fill(node, step.Node, function)), inner);
        return [.. function.Outputs.Select(inner.Find)];
    }

    /// <summary>A branch that is known beforehand is followed; one that the rows or their number choose mixes them.</summary>
    private Flow[] Branch(Step step)
    {
        var condition = step.Need(0);
        if (condition.Rows is not null || condition.Content is { DependsOnBatch: true })
            return step.Mixes("chooses by the rows of the whole batch");
        if (condition.Content?.Numbers() is [var chosen]) return Follow(step, chosen != 0 ? "then_branch" : "else_branch");
        var (one, other) = (Follow(step, "then_branch"), Follow(step, "else_branch"));
        return [.. one.Zip(other, (left, right) => Merge(step, left, right))];
    }

    private Flow[] Follow(Step step, string branch)
    {
        var graph = step.Attribute(branch)?.Graph ?? throw new InvalidDataException($"an If has no {branch}");
        return WalkBody(step, graph, branch, []);
    }

    /// <summary>What comes out of a graph inside an operator.</summary>
    private Flow[] WalkBody(Step step, OnnxGraph graph, string name, Flow[] inputs)
    {
        var inner = new GraphScope(step.Scope, step.Scope.OperatorSets, step.Sizes, step.Scope.File,
            $"{step.Scope.Path}{step.Node.Outputs.FirstOrDefault()}.{name}>") { Constants = graph.Constants };
        foreach (var (input, flow) in graph.Inputs.Zip(inputs)) inner.Set(input.Name, flow);
        Walk(graph.Nodes, inner);
        return [.. graph.Outputs.Select(output => inner.Find(output.Name))];
    }

    /// <summary>What holds whichever of two branches is taken.</summary>
    private static Flow Merge(Step step, Flow left, Flow right)
    {
        if (left.Mixing is not null) return left;
        if (right.Mixing is not null) return right;
        var alike = left.Rows == right.Rows && left.Tokens == right.Tokens && left.Shape is { } one && right.Shape is { } other
            && one.SequenceEqual(other);
        if (!alike && (left.Rows is not null || right.Rows is not null))
            return Flow.Mixed(step.Mixing("has branches that lay out rows differently"));
        if (left.Content is { DependsOnBatch: true } || right.Content is { DependsOnBatch: true })
            return Flow.Mixed(step.Mixing("has branches that use the size of the batch"));
        return alike ? left with { Content = null, Constant = null, AtLeast = null, IsNumber = false, IsFinite = left.IsFinite && right.IsFinite } : Flow.Unknown;
    }
}
