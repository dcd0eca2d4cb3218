using Ecert.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Ecert.Insurance.Tests;

public sealed class SettlementProperties
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500);

    public sealed record Situation(
        PolicyPack Pack, Visit Visit, YearToDate Year, Money Own, bool Used, Money Relatives)
    {
        public SettlementResult Settle() => Settle(Visit);

        public SettlementResult Settle(Visit visit) => Assert.IsType<SettlementOutcome.Settled>(
            SettlementEngine.Settle(Pack, visit, Year, Own, Used, Relatives)).Result;

        public override string ToString() =>
            $"{Pack.Id} {Visit.Insutype} {Visit.PersonType} {Visit.MedType} {Visit.Level}, own {Own} {Used}, " +
            $"relatives {Relatives}, year {string.Join(' ', Year.Counters)}, " +
            string.Join("; ", Visit.Lines.Select(static one => $"{one.CatalogueCode} {one.Quantity} x {one.Price}"));
    }

    private static Gen<FeeLine> FeeLine(PolicyPack pack) =>
        from code in Gen.Elements(pack.Catalogue.Keys.ToArray())
        from quantity in Gen.Choose(1, 300_000)
        from price in Gen.Frequency((3, Gen.Choose(10_000, 90_000_000)), (1, Gen.Choose(90_000_000, 2_000_000_000)))
        let count = new Quantity(quantity)
        let amount = count.At(new UnitPrice(price))
        where amount.IsPositive
        select new FeeLine("", code, count, new UnitPrice(price), amount);

    private static Gen<long> Counter => Gen.Frequency(
        (3, Gen.Constant(0L)), (2, Gen.Choose(0, 100_000).Select(static fen => (long)fen)),
        (2, Gen.Choose(0, 70_000_000).Select(static fen => (long)fen)));

    private static Arbitrary<Situation> Situations => (
        from pack in Gen.Elements(Bills.Hebei, Bills.Shanghai)
        from scheme in Gen.Elements(pack.Schemes.Values.ToArray())
        from person in Gen.Elements(scheme.PersonGroups.Keys.ToArray())
        from medType in Gen.Elements(scheme.Benefits.Keys.ToArray())
        from level in Gen.Elements(Enum.GetValues<InstitutionLevel>())
        from lines in FeeLine(pack).NonEmptyListOf()
        from counters in Counter.ArrayOf(8)
        from own in Counter
        from used in Gen.Elements(true, false)
        from relatives in Counter
        select new Situation(
            pack,
            new Visit(
                medType, level, scheme.Insutype, person, new DateOnly(2026, 3, 2),
                [.. lines.Select(static (line, index) => line with { Id = $"L{index}" })]),
            new YearToDate(Names(scheme).Zip(counters).ToDictionary(static one => one.First, static one => one.Second)),
            new Money(own), used, new Money(relatives))).ToArbitrary();

    private static IEnumerable<string> Names(Scheme scheme) => scheme.Benefits.Values
        .SelectMany(static benefit => new[] { benefit.Deductible.Counter, benefit.ScopeCounter, benefit.Cap?.Counter })
        .Concat(scheme.Layers.SelectMany(static layer => new[] { layer.Counter, layer.Cap?.Counter }))
        .OfType<string>().Distinct();

    [Fact]
    public void Every_settlement_and_its_reversal_hold_the_identities() => Check.One(
        Often, Prop.ForAll(Situations, static situation =>
        {
            var result = situation.Settle();
            Assert.Empty(SettlementIdentities.Check(result.Amounts));
            Assert.Empty(SettlementIdentities.Check(result.Reversed().Amounts));
            Assert.All(result.Lines, static line => Assert.Equal(
                line.Amount, line.OutsideCatalogue + line.AboveCeiling + line.FirstPay + line.WithinScope));
            Assert.Equal(Money.Sum(situation.Visit.Lines.Select(static line => line.Amount)), result.Amounts.TotalFee);
        }));

    [Fact]
    public void The_trace_sums_to_the_answer() => Check.One(
        Often, Prop.ForAll(Situations, static situation =>
        {
            var settled = situation.Settle();
            foreach (var result in new[] { settled, settled.Reversed() })
            {
                foreach (var field in SettlementFields.All.Except(
                    [SettlementField.TotalFee, SettlementField.FundTotal, SettlementField.PersonTotal]))
                    Assert.Equal(result.Amounts[field], Sum(result, entry => entry.Field == field));
                var funds = Sum(result, static entry => SettlementFields.Funds.Contains(entry.Field));
                Assert.Equal(result.Amounts.FundTotal, funds);
                Assert.Equal(
                    result.Amounts.FundTotal + result.Amounts.Account,
                    Money.Sum(result.Funds.Select(static fund => fund.Amount)));
            }
        }));

    [Fact]
    public void The_order_of_lines_does_not_matter() => Check.One(
        Often, Prop.ForAll(Situations, static situation =>
        {
            var reversed = situation.Visit with { Lines = [.. situation.Visit.Lines.Reverse()] };
            var one = situation.Settle();
            var other = situation.Settle(reversed);
            Assert.Equal(one.Amounts, other.Amounts);
            Assert.Equal(
                one.Increments.OrderBy(static sum => sum.Key), other.Increments.OrderBy(static sum => sum.Key));
            Assert.Equal(one.Lines.Reverse(), other.Lines);
        }));

    [Fact]
    public void A_larger_bill_never_costs_anybody_less() => Check.One(
        Often, Prop.ForAll(Situations, FeeLine(Bills.Hebei).ToArbitrary(), static (situation, line) =>
        {
            // Both packs list the same codes.
            var larger = situation.Visit with { Lines = [.. situation.Visit.Lines, line with { Id = "MORE" }] };
            var before = situation.Settle().Amounts;
            var after = situation.Settle(larger).Amounts;
            foreach (var field in SettlementFields.All)
                Assert.True(after[field] >= before[field], $"{field.NationalName()}: {before[field]} → {after[field]}");
        }));

    [Fact]
    public void No_fund_pays_beyond_its_cap_and_no_account_beyond_its_balance() => Check.One(
        Often, Prop.ForAll(Situations, static situation =>
        {
            var result = situation.Settle();
            Assert.All(result.Funds, static fund => Assert.False(fund.LimitLeft?.IsNegative ?? false));
            Assert.All(result.Funds, static fund => Assert.True(fund.Amount <= fund.Scope));
            Assert.True(result.Amounts.FundTotal <= result.Amounts.WithinScope);
            Assert.True(result.Amounts.Account <= situation.Own);
            Assert.True(result.Amounts.RelativesAccount <= situation.Relatives);
            Assert.True(situation.Used || (result.Amounts.Account + result.Amounts.RelativesAccount) == Money.Zero);
            Assert.Equal(situation.Own - result.Amounts.Account, result.AccountBalanceAfter);
        }));

    [Fact]
    public void A_yearly_benefit_split_in_two_bills_pays_the_same_to_the_rounding() => Check.One(
        Often, Prop.ForAll(Situations, static situation =>
        {
            var benefit = situation.Pack.Schemes[situation.Visit.Insutype].Benefits[situation.Visit.MedType];
            if (benefit.Deductible.PerStay || situation.Visit.Lines.Count < 2 || situation.Used)
                return;
            var whole = situation.Settle().Amounts;
            var half = situation.Visit.Lines.Count / 2;
            var first = situation.Settle(situation.Visit with { Lines = [.. situation.Visit.Lines.Take(half)] });
            var later = situation with { Year = situation.Year.Plus(first.Increments) };
            var second = later.Settle(situation.Visit with { Lines = [.. situation.Visit.Lines.Skip(half)] });

            Assert.Equal(whole.Deductible, first.Amounts.Deductible + second.Amounts.Deductible);
            Assert.Equal(whole.WithinScope, first.Amounts.WithinScope + second.Amounts.WithinScope);
            // Each share that is cut in two rounds twice: at most a fen for each band of the benefit and of each layer.
            var difference = whole.FundTotal - (first.Amounts.FundTotal + second.Amounts.FundTotal);
            Assert.InRange(difference.Fen, -4, 4);
        }));

    [Fact]
    public void Random_situations_meet_every_payer_the_packs_know()
    {
        var results = Situations.Generator.Sample(1000).Select(static situation => situation.Settle()).ToArray();

        var met = SettlementFields.All.Where(field => results.Any(result => result.Amounts[field].IsPositive));
        var cut = results.SelectMany(static result => result.Trace)
            .Any(static entry => entry.Reason is TraceReason.BandShare { CapLeft: not null });

        // No pilot pack has a civil-servant, enterprise, assistance or other layer, and no hospital shares yet.
        Assert.Equal(
            SettlementFields.All.Except(
            [
                SettlementField.CivilServantSubsidy, SettlementField.EnterpriseSupplement,
                SettlementField.MedicalAssistance, SettlementField.OtherFunds, SettlementField.HospitalShare,
            ]),
            met);
        Assert.True(cut);
    }

    private static Money Sum(SettlementResult result, Func<TraceEntry, bool> counts) =>
        Money.Sum(result.Trace.Where(counts).Select(static entry => entry.Amount));
}
