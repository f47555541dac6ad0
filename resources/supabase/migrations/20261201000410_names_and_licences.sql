-- When a name is confusingly similar, and what is a licence. Both are tables with their sources.

-- Letters that look like ASCII letters: what is left of Unicode's confusables.txt (UTS #39, version
-- 14.0.0, https://www.unicode.org/Public/security/) after compatibility normalisation took the styled
-- and full-width letters out and marks were removed. Upper case is in it too, because a database in
-- the C locale lowers ASCII alone. Where upper and lower case look like different letters, as with Greek
-- eta, the lower one decides.
create table private.confusables (
  letter text primary key,
  ascii text not null
);
insert into private.confusables (letter, ascii)
select letter, look.ascii from (values
  ('10', U&'\23E8'),
  ('2', U&'\01A7\01A8\01BB\03E8\03E9\14BF\A644\A645\A6EF\A75A\A75B'),
  ('3', U&'\01B7\021C\021D\025C\0292\0417\0437\0498\0499\04E0\04E1\2CCC\2CCD\A76A'),
  ('3', U&'\A76B\A7AB\+0118CA\+016F3B\+01D206'),
  ('4', U&'\13CE\AB9E\+0118AF\+0118CF'),
  ('5', U&'\01BC\+0118BB\+0118DB'),
  ('6', U&'\0431\13EE\2CD2\2CD3\ABBE\+0118D5'),
  ('7', U&'\+0104D2\+0104FA\+0118C6\+01D212'),
  ('8', U&'\0222\0223\09EA\0A6A\0B03\+01031A\+01E8CB'),
  ('9', U&'\09ED\0A67\0B68\0D6D\2CCA\2CCB\A76E\A76F\+0118AC\+0118CC\+0118D6'),
  ('a', U&'\0251\0391\03B1\0410\0430\13AA\15C5\2376\237A\A4EE\AB7A\+0102A0\+016F40'),
  ('aa', U&'\A732\A733'),
  ('ae', U&'\00C6\00E6\04D4\04D5'),
  ('ao', U&'\A734\A735'),
  ('ar', U&'\+01F707'),
  ('au', U&'\A736\A737'),
  ('av', U&'\A738\A739\A73A\A73B'),
  ('ay', U&'\A73C\A73D'),
  ('b', U&'\0180\0182\0183\0184\0185\0253\0392\03B2\0411\0412\042C\0432\044C\0462'),
  ('b', U&'\0463\048C\048D\13CF\13F4\13FC\1472\1473\15AF\15F7\A4D0\A7B4\A7B5\AB9F'),
  ('b', U&'\+010282\+0102A1\+010301'),
  ('bl', U&'\042B\044B'),
  ('c', U&'\00A2\023C\03A3\03C2\0421\0441\04AA\04AB\13DF\1D04\20A1\2CA4\2CA5\A4DA'),
  ('c', U&'\ABAF\+0102A2\+010302\+010415\+01043D\+01051C\+0118E9\+0118F2\+01F74C'),
  ('d', U&'\00D0\00F0\0110\0111\0189\018C\0256\0257\0501\13A0\13E7\146F\15DE\15EA'),
  ('d', U&'\20AB\A4D2\A4D3\AB70\ABB7'),
  ('dz', U&'\02A3'),
  ('e', U&'\0246\0247\0395\03B5\0415\0435\04BD\04BF\13AC\212E\22FF\2D39\A4F0\AB32'),
  ('e', U&'\AB7C\+010286\+0118A6\+0118AE\+0118CE'),
  ('f', U&'\0191\0192\03DC\03DD\0584\15B4\1D6E\1E9D\A4DD\A798\A799\AB35\+010287\+0102A5'),
  ('f', U&'\+010525\+0118A2\+0118C2\+01D213'),
  ('g', U&'\018D\01E4\01E5\0260\0261\050C\050D\0581\13C0\13F3\13FB\1D83\A4D6\AB90'),
  ('h', U&'\0126\0127\0266\0397\041D\043D\045B\04A2\04A3\04BB\04C7\04C8\04C9\04CA'),
  ('h', U&'\0570\13BB\13C2\13F2\13FA\157C\2C67\2C68\2C8E\2C8F\A4E7\A695\AB8B\AB92'),
  ('h', U&'\+0102CF'),
  ('i', U&'\0131\0268\0269\026A\03B9\0456\04CF\13A5\1D7B\1D7C\2373\2378\A647\AB75'),
  ('i', U&'\+0118C3'),
  ('j', U&'\0248\0249\029D\037F\03F3\0408\0458\13AB\148D\A4D9\A7B2\AB7B'),
  ('k', U&'\0199\039A\03BA\041A\043A\049A\049B\049E\049F\13E6\16D5\20AD\2C69\2C6A'),
  ('k', U&'\2C94\2C95\A4D7\A740\A741\ABB6\+010518'),
  ('l', U&'\0141\0142\0196\0197\019A\01C0\026B\026D\0399\0406\04C0\05C0\05D5\05DF'),
  ('l', U&'\0627\0661\0673\06F1\07CA\13DE\14AA\16C1\2223\23FD\2502\2C92\2C93\2CD0'),
  ('l', U&'\2CD1\2D4F\A4E1\A4F2\ABAE\+01028A\+010309\+010320\+01041B\+010443\+010526\+0118A3\+0118B2\+0118D2'),
  ('l', U&'\+016F16\+016F28\+01D22A\+01E8C7'),
  ('ll', U&'\01C1\05F0\2016\2225\+010199'),
  ('lls', U&'\+010198'),
  ('lo', U&'\042E\044E'),
  ('ls', U&'\02AA'),
  ('lt', U&'\20B6'),
  ('lz', U&'\02AB'),
  ('m', U&'\039C\03BC\03FA\03FB\041C\043C\04CD\04CE\13B7\15F0\16D6\2C98\2C99\A4DF'),
  ('m', U&'\AB87\+0102B0\+010311'),
  ('mb', U&'\+01F76B'),
  ('n', U&'\019D\019E\0272\0273\039D\03B7\0578\057C\1D70\2C9A\2C9B\A4E0\+01018E\+010513'),
  ('o', U&'\00D8\00F8\019F\0275\0398\039F\03B8\03BF\03C3\041E\043E\0472\0473\04E8'),
  ('o', U&'\04E9\0555\0585\05E1\0647\0665\06BE\06C1\06D5\06F5\06FF\07C0\0966\09E6'),
  ('o', U&'\0A66\0AE6\0B20\0B66\0BE6\0C02\0C66\0C82\0CE6\0D02\0D20\0D66\0D82\0E50'),
  ('o', U&'\0ED0\101D\1040\10FF\12D0\13BE\13EB\1D0F\1D11\2296\229D\236C\2C9E\2C9F'),
  ('o', U&'\2D31\2D41\2D54\3007\A4F3\A74A\A74B\AB3D\AB3E\AB74\AB8E\ABBB\+010292\+0102AB'),
  ('o', U&'\+010404\+01042C\+0104C2\+0104EA\+010516\+0114D0\+0118B5\+0118C8\+0118D7\+0118E0\+01D21A\+01F714'),
  ('oe', U&'\0152\0153'),
  ('oo', U&'\221E\A698\A699\A74E\A74F'),
  ('p', U&'\01A5\03A1\03C1\0420\0440\13E2\146D\1D7D\2374\2CA2\2CA3\A4D1\ABB2\+010295'),
  ('q', U&'\02A0\051B\0563\0566\2D55'),
  ('qe', U&'\+01F700'),
  ('r', U&'\01A6\024D\027C\027D\0280\0433\0493\13A1\13D2\1587\1D26\1D72\2C85\A4E3'),
  ('r', U&'\AB47\AB48\AB71\AB81\ABA2\+0104B4\+0104DC\+016F35\+01D216'),
  ('rn', U&'\0271\1D6F\20A5\+011700\+0118E3'),
  ('s', U&'\01BD\0282\0405\0455\054F\057F\13D5\13DA\1D74\A4E2\A731\ABA5\ABAA\+010296'),
  ('s', U&'\+010420\+010448\+0118C1\+016F3A'),
  ('sss', U&'\+01F75C'),
  ('t', U&'\0166\0167\01AD\01AE\023E\0288\03A4\03C4\0422\0442\04AC\04AD\13A2\1D75'),
  ('t', U&'\20AE\22A4\2361\27D9\2C66\2CA6\2CA7\A4D4\AB72\+010297\+0102B1\+010315\+0118BC\+016F0A'),
  ('t', U&'\+01F768'),
  ('t3', U&'\A728\A729'),
  ('tf', U&'\A777'),
  ('ts', U&'\02A6'),
  ('u', U&'\0244\0289\028B\03C5\054D\057D\1200\13CC\144C\1D1C\1D7E\222A\22C3\A4F4'),
  ('u', U&'\A79F\AB4E\AB52\AB9C\+0104CE\+0104F6\+0118B8\+0118D8\+016F42'),
  ('ue', U&'\1D6B'),
  ('uo', U&'\AB63'),
  ('v', U&'\03BD\0474\0475\05D8\0667\06F7\13D9\142F\1D20\2228\22C1\2D38\A4E6\A6DF'),
  ('v', U&'\ABA9\+010197\+01051D\+011706\+0118A0\+0118C0\+016F08\+01D20D\+01F708'),
  ('vb', U&'\+01F76C'),
  ('w', U&'\026F\0461\047D\051C\051D\0561\13B3\13D4\1D21\20A9\A4EA\A761\AB83\ABA4'),
  ('w', U&'\+0114C5\+01170A\+01170E\+01170F\+0118E6\+0118EF'),
  ('x', U&'\00D7\03A7\03C7\0425\0445\04B2\04B3\1541\157D\166D\166E\16B7\2573\292B'),
  ('x', U&'\292C\2A2F\2A30\2CAC\2CAD\2D5D\A4EB\A7B3\AB53\+010196\+010290\+0102B4\+010317\+010322'),
  ('x', U&'\+010527\+0118EC'),
  ('y', U&'\00A5\01B4\024E\024F\0263\028F\03A5\03B3\0423\0443\04AE\04AF\04B0\04B1'),
  ('y', U&'\10E7\13A9\13BD\1D8C\1EFF\2CA8\2CA9\A4EC\AB5A\AB79\AB8D\+0102B2\+0118A4\+0118DC'),
  ('y', U&'\+016F43'),
  ('z', U&'\01B5\01B6\0224\0225\0290\0396\03B6\13C3\1D22\1D76\A4DC\AB93\+0102F5\+0118A9'),
  ('z', U&'\+0118C4\+0118C9\+0118E5')
) look (ascii, letters), string_to_table(look.letters, null) letter;

-- SPDX licence list 3.27.0 (https://spdx.org/licenses/), identifiers in lower case.
create table private.spdx_ids (
  id text primary key,
  exception boolean not null
);
insert into private.spdx_ids (id, exception)
select lower(id), exception from (values (false, $ids$
0BSD 3D-Slicer-1.0 AAL ADSL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0 AGPL-1.0-only AGPL-1.0-or-later
AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later AMD-newlib AMDPLPA AML AML-glslang AMPAS ANTLR-PD ANTLR-PD-fallback
APAFML APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0 ASWF-Digital-Assets-1.0 ASWF-Digital-Assets-1.1 Abstyles
AdaCore-doc Adobe-2006 Adobe-Display-PostScript Adobe-Glyph Adobe-Utopia Afmparse Aladdin Apache-1.0
Apache-1.1 Apache-2.0 App-s2p Arphic-1999 Artistic-1.0 Artistic-1.0-Perl Artistic-1.0-cl8 Artistic-2.0
Artistic-dist Aspell-RU BSD-1-Clause BSD-2-Clause BSD-2-Clause-Darwin BSD-2-Clause-FreeBSD
BSD-2-Clause-NetBSD BSD-2-Clause-Patent BSD-2-Clause-Views BSD-2-Clause-first-lines
BSD-2-Clause-pkgconf-disclaimer BSD-3-Clause BSD-3-Clause-Attribution BSD-3-Clause-Clear BSD-3-Clause-HP
BSD-3-Clause-LBNL BSD-3-Clause-Modification BSD-3-Clause-No-Military-License BSD-3-Clause-No-Nuclear-License
BSD-3-Clause-No-Nuclear-License-2014 BSD-3-Clause-No-Nuclear-Warranty BSD-3-Clause-Open-MPI BSD-3-Clause-Sun
BSD-3-Clause-acpica BSD-3-Clause-flex BSD-4-Clause BSD-4-Clause-Shortened BSD-4-Clause-UC BSD-4.3RENO
BSD-4.3TAHOE BSD-Advertising-Acknowledgement BSD-Attribution-HPND-disclaimer BSD-Inferno-Nettverk
BSD-Protection BSD-Source-Code BSD-Source-beginning-file BSD-Systemics BSD-Systemics-W3Works BSL-1.0
BUSL-1.1 Baekmuk Bahyph Barr Beerware BitTorrent-1.0 BitTorrent-1.1 Bitstream-Charter Bitstream-Vera
BlueOak-1.0.0 Boehm-GC Boehm-GC-without-fee Borceux Brian-Gladman-2-Clause Brian-Gladman-3-Clause C-UDA-1.0
CAL-1.0 CAL-1.0-Combined-Work-Exception CATOSL-1.1 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0
CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US CC-BY-4.0 CC-BY-NC-1.0
CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0 CC-BY-NC-3.0-DE CC-BY-NC-4.0 CC-BY-NC-ND-1.0 CC-BY-NC-ND-2.0
CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-3.0-DE CC-BY-NC-ND-3.0-IGO CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0
CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.0-DE CC-BY-NC-SA-2.0-FR CC-BY-NC-SA-2.0-UK CC-BY-NC-SA-2.5 CC-BY-NC-SA-3.0
CC-BY-NC-SA-3.0-DE CC-BY-NC-SA-3.0-IGO CC-BY-NC-SA-4.0 CC-BY-ND-1.0 CC-BY-ND-2.0 CC-BY-ND-2.5 CC-BY-ND-3.0
CC-BY-ND-3.0-DE CC-BY-ND-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK CC-BY-SA-2.1-JP CC-BY-SA-2.5
CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE CC-BY-SA-3.0-IGO CC-BY-SA-4.0 CC-PDDC CC-PDM-1.0 CC-SA-1.0
CC0-1.0 CDDL-1.0 CDDL-1.1 CDL-1.0 CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 CECILL-1.0
CECILL-1.1 CECILL-2.0 CECILL-2.1 CECILL-B CECILL-C CERN-OHL-1.1 CERN-OHL-1.2 CERN-OHL-P-2.0 CERN-OHL-S-2.0
CERN-OHL-W-2.0 CFITSIO CMU-Mach CMU-Mach-nodoc CNRI-Jython CNRI-Python CNRI-Python-GPL-Compatible COIL-1.0
CPAL-1.0 CPL-1.0 CPOL-1.02 CUA-OPL-1.0 Caldera Caldera-no-preamble Catharon ClArtistic Clips
Community-Spec-1.0 Condor-1.1 Cornell-Lossless-JPEG Cronyx Crossword CryptoSwift CrystalStacker Cube
D-FSL-1.0 DEC-3-Clause DL-DE-BY-2.0 DL-DE-ZERO-2.0 DOC DRL-1.0 DRL-1.1 DSDP DocBook-DTD DocBook-Schema
DocBook-Stylesheet DocBook-XML Dotseqn ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 EPICS EPL-1.0 EPL-2.0 EUDatagrid
EUPL-1.0 EUPL-1.1 EUPL-1.2 Elastic-2.0 Entessa ErlPL-1.1 Eurosym FBM FDK-AAC FSFAP
FSFAP-no-warranty-disclaimer FSFUL FSFULLR FSFULLRSD FSFULLRWD FSL-1.1-ALv2 FSL-1.1-MIT FTL Fair
Ferguson-Twofish Frameworx-1.0 FreeBSD-DOC FreeImage Furuseth GCR-docs GD GFDL-1.1 GFDL-1.1-invariants-only
GFDL-1.1-invariants-or-later GFDL-1.1-no-invariants-only GFDL-1.1-no-invariants-or-later GFDL-1.1-only
GFDL-1.1-or-later GFDL-1.2 GFDL-1.2-invariants-only GFDL-1.2-invariants-or-later GFDL-1.2-no-invariants-only
GFDL-1.2-no-invariants-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3 GFDL-1.3-invariants-only
GFDL-1.3-invariants-or-later GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later GFDL-1.3-only
GFDL-1.3-or-later GL2PS GLWTPL GPL-1.0 GPL-1.0+ GPL-1.0-only GPL-1.0-or-later GPL-2.0 GPL-2.0+ GPL-2.0-only
GPL-2.0-or-later GPL-2.0-with-GCC-exception GPL-2.0-with-autoconf-exception GPL-2.0-with-bison-exception
GPL-2.0-with-classpath-exception GPL-2.0-with-font-exception GPL-3.0 GPL-3.0+ GPL-3.0-only GPL-3.0-or-later
GPL-3.0-with-GCC-exception GPL-3.0-with-autoconf-exception Game-Programming-Gems Giftware Glide Glulxe
Graphics-Gems Gutmann HDF5 HIDAPI HP-1986 HP-1989 HPND HPND-DEC HPND-Fenneberg-Livingston HPND-INRIA-IMAG
HPND-Intel HPND-Kevlin-Henney HPND-MIT-disclaimer HPND-Markus-Kuhn HPND-Netrek HPND-Pbmplus HPND-UC
HPND-UC-export-US HPND-doc HPND-doc-sell HPND-export-US HPND-export-US-acknowledgement HPND-export-US-modify
HPND-export2-US HPND-merchantability-variant HPND-sell-MIT-disclaimer-xserver HPND-sell-regexpr
HPND-sell-variant HPND-sell-variant-MIT-disclaimer HPND-sell-variant-MIT-disclaimer-rev HTMLTIDY
HaskellReport Hippocratic-2.1 IBM-pibs ICU IEC-Code-Components-EULA IJG IJG-short IPA IPL-1.0 ISC
ISC-Veillard ImageMagick Imlib2 Info-ZIP Inner-Net-2.0 InnoSetup Intel Intel-ACPI Interbase-1.0 JPL-image
JPNIC JSON Jam JasPer-2.0 Kastrup Kazlib Knuth-CTAN LAL-1.2 LAL-1.3 LGPL-2.0 LGPL-2.0+ LGPL-2.0-only
LGPL-2.0-or-later LGPL-2.1 LGPL-2.1+ LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0+ LGPL-3.0-only
LGPL-3.0-or-later LGPLLR LOOP LPD-document LPL-1.0 LPL-1.02 LPPL-1.0 LPPL-1.1 LPPL-1.2 LPPL-1.3a LPPL-1.3c
LZMA-SDK-9.11-to-9.20 LZMA-SDK-9.22 Latex2e Latex2e-translated-notice Leptonica LiLiQ-P-1.1 LiLiQ-R-1.1
LiLiQ-Rplus-1.1 Libpng Linux-OpenIB Linux-man-pages-1-para Linux-man-pages-copyleft
Linux-man-pages-copyleft-2-para Linux-man-pages-copyleft-var Lucida-Bitmap-Fonts MIPS MIT MIT-0 MIT-CMU
MIT-Click MIT-Festival MIT-Khronos-old MIT-Modern-Variant MIT-Wu MIT-advertising MIT-enna MIT-feh
MIT-open-group MIT-testregex MITNFA MMIXware MPEG-SSG MPL-1.0 MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception
MS-LPL MS-PL MS-RL MTLL Mackerras-3-Clause Mackerras-3-Clause-acknowledgment MakeIndex Martin-Birgmeier
McPhee-slideshow Minpack MirOS Motosoto MulanPSL-1.0 MulanPSL-2.0 Multics Mup NAIST-2003 NASA-1.3 NBPL-1.0
NCBI-PD NCGL-UK-2.0 NCL NCSA NGPL NICTA-1.0 NIST-PD NIST-PD-fallback NIST-Software NLOD-1.0 NLOD-2.0 NLPL
NOSL NPL-1.0 NPL-1.1 NPOSL-3.0 NRL NTIA-PD NTP NTP-0 Naumen Net-SNMP NetCDF Newsletr Nokia Noweb Nunit
O-UDA-1.0 OAR OCCT-PL OCLC-2.0 ODC-By-1.0 ODbL-1.0 OFFIS OFL-1.0 OFL-1.0-RFN OFL-1.0-no-RFN OFL-1.1
OFL-1.1-RFN OFL-1.1-no-RFN OGC-1.0 OGDL-Taiwan-1.0 OGL-Canada-2.0 OGL-UK-1.0 OGL-UK-2.0 OGL-UK-3.0 OGTSL
OLDAP-1.1 OLDAP-1.2 OLDAP-1.3 OLDAP-1.4 OLDAP-2.0 OLDAP-2.0.1 OLDAP-2.1 OLDAP-2.2 OLDAP-2.2.1 OLDAP-2.2.2
OLDAP-2.3 OLDAP-2.4 OLDAP-2.5 OLDAP-2.6 OLDAP-2.7 OLDAP-2.8 OLFL-1.3 OML OPL-1.0 OPL-UK-3.0 OPUBL-1.0
OSET-PL-2.1 OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1 OSL-3.0 OpenPBS-2.3 OpenSSL OpenSSL-standalone OpenVision PADL
PDDL-1.0 PHP-3.0 PHP-3.01 PPL PSF-2.0 Parity-6.0.0 Parity-7.0.0 Pixar Plexus PolyForm-Noncommercial-1.0.0
PolyForm-Small-Business-1.0.0 PostgreSQL Python-2.0 Python-2.0.1 QPL-1.0 QPL-1.0-INRIA-2004 Qhull RHeCos-1.1
RPL-1.1 RPL-1.5 RPSL-1.0 RSA-MD RSCPL Rdisc Ruby Ruby-pty SAX-PD SAX-PD-2.0 SCEA SGI-B-1.0 SGI-B-1.1
SGI-B-2.0 SGI-OpenGL SGP4 SHL-0.5 SHL-0.51 SISSL SISSL-1.2 SL SMAIL-GPL SMLNJ SMPPL SNIA SOFA SPL-1.0
SSH-OpenSSH SSH-short SSLeay-standalone SSPL-1.0 SUL-1.0 SWL Saxpath SchemeReport Sendmail Sendmail-8.23
Sendmail-Open-Source-1.1 SimPL-2.0 Sleepycat Soundex Spencer-86 Spencer-94 Spencer-99 StandardML-NJ
SugarCRM-1.1.3 Sun-PPP Sun-PPP-2000 SunPro Symlinks TAPR-OHL-1.0 TCL TCP-wrappers TGPPL-1.0 TMate TORQUE-1.1
TOSL TPDL TPL-1.0 TTWL TTYP0 TU-Berlin-1.0 TU-Berlin-2.0 TermReadKey ThirdEye TrustedQSL UCAR UCL-1.0
UMich-Merit UPL-1.0 URT-RLE Ubuntu-font-1.0 Unicode-3.0 Unicode-DFS-2015 Unicode-DFS-2016 Unicode-TOU
UnixCrypt Unlicense Unlicense-libtelnet Unlicense-libwhirlpool VOSTROM VSL-1.0 Vim W3C W3C-19980720
W3C-20150513 WTFPL Watcom-1.0 Widget-Workshop Wsuipa X11 X11-distribute-modifications-variant X11-swapped
XFree86-1.1 XSkat Xdebug-1.03 Xerox Xfig Xnet YPL-1.0 YPL-1.1 ZPL-1.1 ZPL-2.0 ZPL-2.1 Zed Zeeff Zend-2.0
Zimbra-1.3 Zimbra-1.4 Zlib any-OSI any-OSI-perl-modules bcrypt-Solar-Designer blessing bzip2-1.0.5
bzip2-1.0.6 check-cvs checkmk copyleft-next-0.3.0 copyleft-next-0.3.1 curl cve-tou diffmark dtoa dvipdfm
eCos-2.0 eGenix etalab-2.0 fwlw gSOAP-1.3b generic-xts gnuplot gtkbook hdparm iMatix jove libpng-1.6.35
libpng-2.0 libselinux-1.0 libtiff libutil-David-Nugent lsof magaz mailprio man2html metamail mpi-permissive
mpich2 mplus ngrep pkgconf pnmstitch psfrag psutils python-ldap radvd snprintf softSurfer ssh-keyscan swrule
threeparttable ulem w3m wwl wxWindows xinetd xkeyboard-config-Zinoviev xlock xpp xzoom zlib-acknowledgement
$ids$), (true, $ids$
389-exception Asterisk-exception Asterisk-linking-protocols-exception Autoconf-exception-2.0
Autoconf-exception-3.0 Autoconf-exception-generic Autoconf-exception-generic-3.0 Autoconf-exception-macro
Bison-exception-1.24 Bison-exception-2.2 Bootloader-exception CGAL-linking-exception CLISP-exception-2.0
Classpath-exception-2.0 DigiRule-FOSS-exception Digia-Qt-LGPL-exception-1.1 FLTK-exception
Fawkes-Runtime-exception Font-exception-2.0 GCC-exception-2.0 GCC-exception-2.0-note GCC-exception-3.1
GNAT-exception GNOME-examples-exception GNU-compiler-exception GPL-3.0-389-ds-base-exception
GPL-3.0-interface-exception GPL-3.0-linking-exception GPL-3.0-linking-source-exception GPL-CC-1.0
GStreamer-exception-2005 GStreamer-exception-2008 Gmsh-exception Independent-modules-exception
KiCad-libraries-exception LGPL-3.0-linking-exception LLGPL LLVM-exception LZMA-exception Libtool-exception
Linux-syscall-note Nokia-Qt-exception-1.1 OCCT-exception-1.0 OCaml-LGPL-linking-exception
OpenJDK-assembly-exception-1.0 PCRE2-exception PS-or-PDF-font-exception-20170817
QPL-1.0-INRIA-2004-exception Qt-GPL-exception-1.0 Qt-LGPL-exception-1.1 Qwt-exception-1.0
RRDtool-FLOSS-exception-2.0 SANE-exception SHL-2.0 SHL-2.1 SWI-exception Swift-exception Texinfo-exception
UBDL-exception Universal-FOSS-exception-1.0 WxWindows-exception-3.1 cryptsetup-OpenSSL-exception
eCos-exception-2.0 erlang-otp-linking-exception fmt-exception freertos-exception-2.0 gnu-javamail-exception
harbour-exception i2p-gpl-java-exception libpri-OpenH323-exception mif-exception mxml-exception
openvpn-openssl-exception polyparse-exception romic-exception stunnel-exception u-boot-exception-2.0
vsftpd-openssl-exception x11vnc-openssl-exception
$ids$)) list (exception, ids), regexp_split_to_table(btrim(ids, E' \n'), '\s+') id;

alter table private.confusables enable row level security;
alter table private.spdx_ids enable row level security;
grant select on private.confusables, private.spdx_ids to console_api;
create policy confusables_read on private.confusables for select to console_api using (true);
create policy spdx_ids_read on private.spdx_ids for select to console_api using (true);

-- What a name looks like: no case, marks, blanks or punctuation; look-alike letters of other scripts,
-- digits in place of letters, and rn for m or vv for w all as what they are read as. Equal skeletons
-- are the same name to the eye.
create function private.skeleton(p_name text) returns text language plpgsql stable set search_path = '' as $$
declare
  v_text text := lower(normalize(p_name, nfkc));
  v_plain text;
begin
  if v_text !~ '^[\u0020-\u007e]*$' then
    v_text := regexp_replace(normalize(v_text, nfd), '[\u0300-\u036f]', '', 'g');
    select string_agg(coalesce(c.ascii, part.letter), '' order by part.place) into v_text
    from string_to_table(v_text, null) with ordinality part (letter, place)
    left join private.confusables c on c.letter = part.letter;
  end if;
  -- i, l, 1, ! and | are one stroke; the rest are the usual digits for letters.
  v_plain := translate(lower(v_text), 'i1!|03457$8@', 'llllOEASTsBa');
  -- Punctuation and blanks of all planes where there are any, joiners, variation selectors, tags.
  v_plain := regexp_replace(
    lower(v_plain),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u02b0-\u036f\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]',
    '', 'g'
  );
  v_plain := replace(replace(v_plain, 'rn', 'm'), 'vv', 'w');
  return coalesce(nullif(v_plain, ''), v_text);
end $$;

-- The skeleton and, from six letters on, the skeleton without each of its letters: two that are one
-- insertion, deletion, replacement or swap of neighbours apart have one of these in common. As numbers
-- of 64 bits, because an array of those is small and indexed well.
create function private.skeleton_keys(p_skeleton text) returns bigint[]
language sql immutable set search_path = '' as $$
  select array_agg(distinct ('x' || left(md5(key), 16))::bit(64)::bigint)
  from (
    select p_skeleton
    union all
    select overlay(p_skeleton placing '' from place for 1)
    from generate_series(1, case when char_length(p_skeleton) >= 6 then char_length(p_skeleton) else 0 end) place
  ) part (key)
$$;

-- At most one insertion, deletion, replacement or swap of neighbours apart.
create function private.one_edit(p_a text, p_b text) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  v_short text := case when char_length(p_a) <= char_length(p_b) then p_a else p_b end;
  v_long text := case when char_length(p_a) <= char_length(p_b) then p_b else p_a end;
  v_same int := 0;
begin
  if char_length(v_long) - char_length(v_short) > 1 then return false; end if;
  while v_same < char_length(v_short)
    and substr(v_short, v_same + 1, 1) = substr(v_long, v_same + 1, 1) loop
    v_same := v_same + 1;
  end loop;
  if char_length(v_long) > char_length(v_short) then
    return substr(v_short, v_same + 1) = substr(v_long, v_same + 2);
  end if;
  return substr(v_short, v_same + 2) = substr(v_long, v_same + 2)
    or (substr(v_short, v_same + 3) = substr(v_long, v_same + 3)
      and substr(v_short, v_same + 1, 2) = reverse(substr(v_long, v_same + 1, 2)));
end $$;

-- 'Whisper 2' beside 'Whisper 3' is how versions and sizes are told apart: both have numbers, and
-- nothing else differs.
create function private.numbers_differ_only(p_a text, p_b text) returns boolean
language sql stable set search_path = '' as $$
  select p_a ~ '[0-9]' and p_b ~ '[0-9]'
    and private.skeleton(regexp_replace(p_a, '[0-9]', '', 'g'))
      = private.skeleton(regexp_replace(p_b, '[0-9]', '', 'g'))
$$;

-- Another seller's taken name that this one could be mistaken for, or null.
create function private.similar_name(p_seller uuid, p_name text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_skeleton text := private.skeleton(p_name);
  v_found jsonb;
begin
  select jsonb_build_object('name', c.name, 'seller', p.handle) into v_found
  from private.catalogue c join public.profiles p on p.id = c.seller_id
  where c.name_keys && private.skeleton_keys(v_skeleton)
    and c.seller_id <> p_seller
    and (
      c.skeleton = v_skeleton
      or (
        least(char_length(c.skeleton), char_length(v_skeleton)) >= 6
        and private.one_edit(c.skeleton, v_skeleton)
        and not private.numbers_differ_only(c.name, p_name)
      )
    )
  order by c.skeleton = v_skeleton desc, c.listing_id
  limit 1;
  return v_found;
end $$;

-- An SPDX licence expression (SPDX 3.0, annex B). Each simple expression becomes L, each exception E,
-- and the grammar is applied until nothing changes: only an expression ends as L.
create function private.is_spdx(p_text text) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_text text;
  v_before text;
begin
  if p_text is null or char_length(p_text) > 200 or p_text ~ '[^A-Za-z0-9.+:() -]' then return false; end if;
  select string_agg(
    case
      when token in ('(', ')', 'AND', 'OR', 'WITH') then token
      when token in ('and', 'or', 'with') then upper(token)
      when token ~ '^(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$' then 'L'
      when exists (select from private.spdx_ids where id = lower(token) and exception) then 'E'
      when exists (select from private.spdx_ids where not exception
        and id in (lower(token), lower(regexp_replace(token, '\+$', '')))) then 'L'
      else '?'
    end, ' ' order by place) into v_text
  from regexp_matches(p_text, '[()]|[^() ]+', 'g') with ordinality part (tokens, place),
    lateral (select part.tokens[1]) one (token);
  loop
    v_before := v_text;
    v_text := regexp_replace(v_text, '\mL WITH E\M', 'L');
    v_text := regexp_replace(v_text, '\( L \)', 'L');
    v_text := regexp_replace(v_text, '\mL (AND|OR) L\M', 'L');
    exit when v_text is not distinct from v_before;
  end loop;
  return coalesce(v_text = 'L', false);
end $$;

-- Told apart, because an upsert asks the policy of adding a row also where staff change one.
create function private.catalogue_listing() returns trigger language plpgsql set search_path = '' as $$
declare
  v private.catalogue;
begin
  v.skeleton := private.skeleton(new.name);
  -- Without a price comes last.
  v.price_sort := coalesce(new.price_amount, 9999999999);
  v.search := to_tsvector('simple', concat_ws(' ', new.name, new.summary, array_to_string(new.tags, ' ')));
  v.name_keys := case when new.state in ('published', 'restricted') then private.skeleton_keys(v.skeleton) end;
  if tg_op = 'INSERT' then
    insert into private.catalogue (
      listing_id, seller_id, state, category, name, name_sort, price_sort, updated_at, search, skeleton, name_keys
    ) values (
      new.id, new.seller_id, new.state, new.category, new.name, lower(new.name), v.price_sort,
      new.updated_at, v.search, v.skeleton, v.name_keys
    );
  else
    update private.catalogue set
      state = new.state, category = new.category, name = new.name, name_sort = lower(new.name),
      price_sort = v.price_sort, updated_at = new.updated_at, search = v.search,
      skeleton = v.skeleton, name_keys = v.name_keys
    where listing_id = new.id;
  end if;
  return null;
end $$;
create trigger listings_catalogue after insert or update on public.listings
  for each row execute function private.catalogue_listing();

grant execute on function private.skeleton(text), private.skeleton_keys(text), private.one_edit(text, text),
  private.numbers_differ_only(text, text), private.is_spdx(text) to console_api;
update private.workspace set schema_version = '20261201000410';
select private.hand_over();
