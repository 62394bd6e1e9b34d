namespace Platform.Architecture.Tests.Folders;

public sealed class FolderGraphTests
{
    [Fact]
    public void Folders_that_refer_one_way_form_no_knot() =>
        Assert.Empty(Graph("A>B", "A>C", "B>D", "C>D", "A>D").Knots());

    [Fact]
    public void A_folder_may_refer_to_itself() => Assert.Empty(Graph("A>A", "A>B").Knots());

    [Fact]
    public void A_cycle_of_any_length_is_one_knot() =>
        Assert.Equal(["A", "B", "C"], Assert.Single(Graph("A>B", "B>C", "C>A", "C>D", "E>A").Knots()));

    [Fact]
    public void Cycles_that_share_a_folder_are_one_knot() =>
        Assert.Equal(["A", "B", "C"], Assert.Single(Graph("A>B", "B>A", "B>C", "C>B").Knots()));

    [Fact]
    public void Knots_of_which_one_leads_to_the_other_are_two() =>
        Assert.Equal(["A B", "C D"], Graph("C>D", "D>C", "C>A", "A>B", "B>A").Knots().Select(knot => string.Join(' ', knot)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_knot_is_told_with_what_makes_it()
    {
        var told = Assert.Single(FolderGraph.Of(
        [
            (new FolderEdge("A", "B"), "A.One -> B.Two"), (new FolderEdge("A", "B"), "A.Three -> B.Two"),
            (new FolderEdge("B", "A"), "B.Two -> A.Four"), (new FolderEdge("B", "C"), "B.Two -> C.Five"),
        ]).Describe());
        Assert.Equal(
            """
            These 2 folders form a knot: A, B
              B -> A, by 1:
                B.Two -> A.Four
              A -> B, by 2:
                A.One -> B.Two
                A.Three -> B.Two
            """, told);
    }

    private static FolderGraph Graph(params string[] edges) => FolderGraph.Of(
        edges.Select(edge => edge.Split('>')).Select(ends => (new FolderEdge(ends[0], ends[1]), string.Join(" -> ", ends))));
}
