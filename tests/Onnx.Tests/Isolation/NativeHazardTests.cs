using Platform.Onnx.Isolation;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.TestModels.OnnxFile;

namespace Platform.Onnx.Tests.Isolation;

/// <summary>What is found in graphs alone: none of them is run here.</summary>
public sealed class NativeHazardTests : IDisposable
{
    private static readonly Datatype[] WholeTypes =
        [Datatype.Int8, Datatype.Int16, Datatype.Int32, Datatype.Int64, Datatype.UInt8, Datatype.UInt16, Datatype.UInt32, Datatype.UInt64];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<Datatype> WholeDatatypes => [.. WholeTypes];

    public static TheoryData<string> Samples => new(Directory.GetFiles(Repository.PathOf("samples"), "model.onnx", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/bin/")).Select(path => Path.GetRelativePath(Repository.Root, path)));

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(WholeDatatypes))]
    public void A_division_of_whole_numbers_by_a_request_is_one(Datatype type)
    {
        foreach (var operation in new[] { "Div", "Mod" })
        {
            var hazard = Find(Binary(operation, type));

            Assert.Equal((operation, "y", true), (hazard?.Operator, hazard?.Node, hazard?.EndsProcess));
            Assert.Equal($"{operation} ('y') divides whole numbers by values that are not known to be other than 0 and -1", hazard!.ToString());
        }
    }

    [Theory]
    [InlineData(Datatype.FP16)]
    [InlineData(Datatype.BF16)]
    [InlineData(Datatype.FP32)]
    [InlineData(Datatype.FP64)]
    public void One_of_floating_point_numbers_is_none(Datatype type) => Assert.Null(Find(Binary("Div", type)));

    [Theory]
    [InlineData(new long[] { 2 }, false)]
    [InlineData(new long[] { 7, -3, long.MaxValue }, false)]
    [InlineData(new long[] { 3, 0 }, true)]
    [InlineData(new long[] { -1 }, true)]
    public void One_by_constants_is_one_where_they_hold_0_or_minus_1(long[] divisors, bool expected)
    {
        var file = new OnnxFile().Input("x", Datatype.Int64, "n", divisors.Length).Constant("d", Datatype.Int64, [divisors.Length], divisors)
            .Node("Div", ["x", "d"], ["y"]).Output("y", Datatype.Int64, "n", divisors.Length);

        Assert.Equal(expected, Find(file) is not null);
    }

    [Fact]
    public void A_constant_that_a_request_may_replace_is_none() => Assert.NotNull(Find(new OnnxFile()
        .Input("x", Datatype.Int64, "n").Input("d", Datatype.Int64, 1).Constant("d", Datatype.Int64, [1], 2L)
        .Node("Div", ["x", "d"], ["y"]).Output("y", Datatype.Int64, "n")));

    [Fact]
    public void A_constant_keeps_its_values_while_its_shape_changes() => Assert.Null(Find(new OnnxFile()
        .Input("x", Datatype.Int64, "n").Constant("d", Datatype.Int64, [], 2L).Constant("axes", Datatype.Int64, [1], 0L)
        .Node("Identity", ["d"], ["e"]).Node("Unsqueeze", ["e", "axes"], ["f"])
        .Node("Div", ["x", "f"], ["y"]).Output("y", Datatype.Int64, "n")));

    [Fact]
    public void A_constant_that_is_computed_with_is_not_known_any_more() => Assert.NotNull(Find(new OnnxFile()
        .Input("x", Datatype.Int64, "n").Constant("d", Datatype.Int64, [], 2L)
        .Node("Sub", ["d", "d"], ["e"]).Node("Div", ["x", "e"], ["y"]).Output("y", Datatype.Int64, "n")));

    [Fact]
    public void Sizes_that_are_divided_by_a_constant_are_none() => Assert.Null(Find(new OnnxFile()
        .Input("x", Datatype.FP32, "n", "m").Constant("two", Datatype.Int64, [1], 2L).Node("Shape", ["x"], ["s"])
        .Node("Div", ["s", "two"], ["half"]).Node("ConstantOfShape", ["half"], ["y"]).OutputOfAnyShape("y", Datatype.FP32)));

    [Fact]
    public void What_kind_numbers_are_is_followed_through_the_graph()
    {
        Assert.Null(Find(Through("Softmax", Datatype.FP32)));
        Assert.Null(Find(new OnnxFile().Input("x", Datatype.Int64, "n").Node("Cast", ["x"], ["f"], "", Integer("to", 1))
            .Node("Div", ["f", "f"], ["y"]).Output("y", Datatype.FP32, "n")));
        Assert.NotNull(Find(new OnnxFile().Input("x", Datatype.FP32, "n").Node("Cast", ["x"], ["i"], "", Integer("to", 7))
            .Node("Div", ["i", "i"], ["y"]).Output("y", Datatype.Int64, "n")));
        Assert.NotNull(Find(Through("Novel", Datatype.FP32, "com.example")));
    }

    [Fact]
    public void Graphs_inside_operators_are_looked_into()
    {
        var divides = new OnnxFile().Node("Div", ["x", "x"], ["z"]).Output("z", Datatype.Int64, "n");
        var passes = new OnnxFile().Node("Identity", ["x"], ["w"]).Output("w", Datatype.Int64, "n");
        OnnxFile Branches(OnnxFile then, OnnxFile otherwise) => new OnnxFile().Input("x", Datatype.Int64, "n").Input("c", Datatype.Bool)
            .Node("If", ["c"], ["y"], "", Graph("then_branch", then), Graph("else_branch", otherwise)).Output("y", Datatype.Int64, "n");

        Assert.Equal("Div", Find(Branches(passes, divides))?.Operator);
        Assert.Null(Find(Branches(passes, passes)));
    }

    [Fact]
    public void A_loop_over_floating_point_numbers_is_none_and_one_over_whole_numbers_is_one()
    {
        OnnxFile Loop(Datatype type)
        {
            var body = new OnnxFile().Input("i", Datatype.Int64).Input("on", Datatype.Bool).Input("s", type, "n")
                .Node("Identity", ["on"], ["still"]).Node("Div", ["s", "s"], ["next"]).Output("still", Datatype.Bool).Output("next", type, "n");
            return new OnnxFile().Input("x", type, "n").Constant("trips", Datatype.Int64, [], 3L).Constant("go", Datatype.Bool, [], true)
                .Node("Loop", ["trips", "go", "x"], ["l"], "", Graph("body", body)).Node("Div", ["l", "l"], ["y"]).Output("y", type, "n");
        }

        Assert.Null(Find(Loop(Datatype.FP32)));
        Assert.NotNull(Find(Loop(Datatype.Int32)));
    }

    [Fact]
    public void Functions_are_looked_into_as_they_are_used()
    {
        OnnxFile Use(Datatype type) => new OnnxFile().Import("mine", 1).Input("x", type, "n")
            .Function("mine", "Halve", ["a"], ["b"], Operator("Div", ["a", "a"], ["b"])).Node("Halve", ["x"], ["y"], "mine").Output("y", type, "n");

        Assert.Null(Find(Use(Datatype.FP32)));
        Assert.Equal("Div", Find(Use(Datatype.Int32))?.Operator);
    }

    [Fact]
    public void A_function_in_the_place_of_an_operator_hides_nothing() => Assert.NotNull(Find(new OnnxFile().Input("x", Datatype.Int32, "n")
        .Function("", "Div", ["a", "b"], ["c"], Operator("Identity", ["a"], ["c"])).Node("Div", ["x", "x"], ["y"]).Output("y", Datatype.Int32, "n")));

    [Fact]
    public void An_average_of_whole_numbers_is_one_and_of_floating_point_numbers_none()
    {
        Assert.NotNull(Find(Through("ReduceMean", Datatype.Int32, division: false)));
        Assert.Null(Find(Through("ReduceMean", Datatype.FP32, division: false)));
    }

    [Fact]
    public void A_size_that_a_request_names_asks_for_memory_and_ends_nothing_by_itself()
    {
        var hazard = Find(TinyModels.Repeat());

        Assert.Equal(("Expand", false), (hazard?.Operator, hazard?.EndsProcess));
        Assert.Null(Find(new OnnxFile().Input("x", Datatype.FP32, "n").Input("like", Datatype.FP32, "m", "n")
            .Node("Shape", ["like"], ["s"]).Node("Expand", ["x", "s"], ["y"]).Output("y", Datatype.FP32, "m", "n")));
    }

    [Fact]
    public void An_attribute_of_0_that_sizes_are_divided_by_is_one() => Assert.NotNull(Find(new OnnxFile()
        .Input("x", Datatype.FP32, "n", 4, 4, 4).Node("SpaceToDepth", ["x"], ["y"], "", Integer("blocksize", 0)).OutputOfAnyShape("y", Datatype.FP32)));

    [Fact]
    public void What_cannot_be_followed_is_one()
    {
        var path = _folder.File("odd.onnx");
        byte[] twice = [.. TinyModels.Linear().ToArray(), .. TinyModels.Linear().ToArray()];
        File.WriteAllBytes(path, twice);

        Assert.Contains("two graphs", NativeHazard.Find(path)!.Why);
    }

    [Theory, MemberData(nameof(Samples))]
    public void The_samples_have_none(string model) => Assert.Null(NativeHazard.Find(Repository.PathOf(model)));

    [Theory]
    [InlineData(IsolationPolicy.Auto, null, false, false, "graph")]
    [InlineData(IsolationPolicy.Auto, "auto", false, false, "graph")]
    [InlineData(IsolationPolicy.Auto, "process", false, true, "owner")]
    [InlineData(IsolationPolicy.Auto, "auto", true, true, "graph")]
    [InlineData(IsolationPolicy.Auto, "none", true, true, "graph")]
    [InlineData(IsolationPolicy.Process, null, false, true, "operator")]
    [InlineData(IsolationPolicy.None, "process", true, false, "operator")]
    public void The_operator_decides_before_the_graph_and_the_graph_before_the_owner(
        IsolationPolicy policy, string? wanted, bool hazard, bool isProcess, string decidedBy)
    {
        var decision = IsolationDecision.Of(policy, wanted, hazard ? new NativeHazard("Div", "y", "divides", true) : null);

        Assert.Equal((isProcess, decidedBy), (decision.IsProcess, decision.DecidedBy));
    }

    private NativeHazard? Find(OnnxFile file) => NativeHazard.Find(file.Save(_folder.Path));

    private static OnnxFile Binary(string operation, Datatype type) => new OnnxFile()
        .Input("a", type, "n").Input("b", type, "n").Node(operation, ["a", "b"], ["y"]).Output("y", type, "n");

    private static OnnxFile Through(string operation, Datatype type, string domain = "", bool division = true)
    {
        var file = new OnnxFile().Input("x", type, "n", 4).Node(operation, ["x"], ["f"], domain);
        if (division) file.Node("Div", ["f", "f"], ["y"]);
        return file.OutputOfAnyShape(division ? "y" : "f", type);
    }
}
